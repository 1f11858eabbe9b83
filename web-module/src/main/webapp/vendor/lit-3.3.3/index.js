export * from "./lit-element.js";
export * from "./is-server.js";
