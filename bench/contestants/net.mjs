// Raw node:net.
import net from "node:net";
import process from "node:process";

const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on("data", (data) => socket.write(data));
  socket.on("error", () => {});
});
server.listen(0, "127.0.0.1", 1000, () => {
  console.log(JSON.stringify({ port: server.address().port, pid: process.pid }));
});
