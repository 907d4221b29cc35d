// Reads one JSON request per line: {"decode": base64} or {"encode": payload}; answers one JSON per line.
// Longs travel as decimal strings, floating point as the hexadecimal of its IEEE bits, bytes as base64.
"use strict";
const { get } = require("sparkplug-payload");
const Long = require("long");
const codec = get("spBv1.0");

const bits = x => { const b = Buffer.alloc(8); b.writeDoubleBE(x); return b.toString("hex"); };
const real = h => Buffer.from(h, "hex").readDoubleBE(0);

function out(type, value) {
  if (value === null || value === undefined) return null;
  if (type === "Double" || type === "Float") return bits(value);
  if (type === "Bytes" || type === "File") return Buffer.from(value).toString("base64");
  if (type === "DataSet") return { columns: value.columns, types: value.types, rows: value.rows.map(r => r.map((v, i) => out(value.types[i], v))) };
  if (Long.isLong(value)) return value.toString();
  return typeof value === "number" ? String(value) : value;
}

function into(type, value) {
  if (value === null || value === undefined) return null;
  if (type === "Double" || type === "Float") return real(value);
  if (type === "Bytes" || type === "File") return Buffer.from(value, "base64");
  if (type === "Int64") return Long.fromString(value);
  if (type === "UInt64" || type === "DateTime" || type === "UInt32") return Long.fromString(value, true);
  if (type === "DataSet") return { numOfColumns: value.columns.length, columns: value.columns, types: value.types, rows: value.rows.map(r => r.map((v, i) => into(value.types[i], v))) };
  return type.startsWith("Int") || type.startsWith("UInt") ? Number(value) : value;
}

function answer(request) {
  if (request.decode !== undefined) {
    const p = codec.decodePayload(Buffer.from(request.decode, "base64"));
    return {
      timestamp: p.timestamp == null ? null : p.timestamp.toString(), seq: p.seq == null ? null : p.seq.toString(),
      metrics: (p.metrics || []).map(m => ({
        name: m.name == null ? null : m.name, alias: m.alias == null ? null : m.alias.toString(), timestamp: m.timestamp == null ? null : m.timestamp.toString(),
        type: m.type, historical: !!m.isHistorical, value: out(m.type, m.value) })),
    };
  }
  const p = request.encode;
  return { bytes: Buffer.from(codec.encodePayload({
    timestamp: Long.fromString(p.timestamp, true), seq: Number(p.seq),
    metrics: p.metrics.map(m => ({
      name: m.name, alias: Long.fromString(m.alias, true), timestamp: Long.fromString(m.timestamp, true), type: m.type, isHistorical: m.historical,
      value: into(m.type, m.value) })),
  })).toString("base64") };
}

require("readline").createInterface({ input: process.stdin }).on("line", line => {
  let reply;
  try { reply = answer(JSON.parse(line)); } catch (e) { reply = { error: String(e && e.stack || e) }; }
  process.stdout.write(JSON.stringify(reply) + "\n");
});
