// Raw node:net, or node:tls for the rows over TLS.
import net from "node:net";
import process from "node:process";
import tls from "node:tls";
import { identity } from "../measure.mjs";

const secured = identity();
const handle = (socket) => {
  socket.on("data", (data) => socket.write(data));
  socket.on("error", () => {});
};
const server =
  secured === null
    ? net.createServer({ noDelay: true }, handle)
    : tls.createServer({ ...secured, noDelay: true }, handle);
server.listen(0, "127.0.0.1", 1000, () => {
  console.log(JSON.stringify({ port: server.address().port, pid: process.pid }));
});
