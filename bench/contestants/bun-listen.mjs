// Bun's own sockets.
import process from "node:process";
import { identity } from "../measure.mjs";

const server = Bun.listen({
  hostname: "127.0.0.1",
  port: 0,
  tls: identity() ?? undefined,
  socket: {
    open(socket) {
      socket.data = [];
    },
    data(socket, data) {
      const { data: waiting } = socket;
      if (waiting.length > 0) return void waiting.push(Buffer.from(data));
      const sent = socket.write(data);
      if (sent < data.length) waiting.push(Buffer.from(data.subarray(sent)));
    },
    drain(socket) {
      const { data: waiting } = socket;
      while (waiting.length > 0) {
        const sent = socket.write(waiting[0]);
        if (sent < waiting[0].length) {
          waiting[0] = waiting[0].subarray(sent);
          return;
        }
        waiting.shift();
      }
    },
  },
});
console.log(JSON.stringify({ port: server.port, pid: process.pid }));
