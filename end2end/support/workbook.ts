// Workbooks byte by byte, so that a test shows what is wrong with one.
import { deflateRawSync } from "node:zlib";
import { type Made } from "./files";

/** A file of an archive, and what the archive's directory says of it. */
export type Part = { name: string; content: Buffer; size?: number; flags?: number; stored?: boolean };

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

function checksum(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = SUMS[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return ~sum >>> 0;
}

function zip(parts: Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, size, flags, stored } of parts) {
    const packed = stored ? content : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags ?? 0, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(checksum(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const file = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0"), common, place, Buffer.from(name));
    files.push(file);
    offset += file.length;
  }
  const places = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(places.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, places, end]);
}

/** An archive as a file. */
export function archive(name: string, parts: Part[]): Made {
  return { name, mimeType: XLSX, buffer: zip(parts) };
}

/** What a workbook is made of. `rows` is the XML of its rows, the rest stands beside it or in its place. */
export type Content = { rows: string; texts?: string; formats?: string[]; prefix?: string; more?: Part[] };

/** The parts of a workbook with one sheet. */
export function parts({ rows, texts, formats = [], prefix = "", more = [] }: Content): Part[] {
  const part = (name: string, content: string): Part => ({ name, content: Buffer.from(content) });
  const relation = (id: string, kind: string, target: string) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const relations = (inner: string) => `<Relationships xmlns="${PACKAGE}">${inner}</Relationships>`;
  const codes = formats.map((code, n) => `<numFmt numFmtId="${164 + n}" formatCode="${code}"/>`).join("");
  const styles = formats.map((_, n) => `<xf numFmtId="${164 + n}" applyNumberFormat="1"/>`).join("");
  const replaced = new Set(more.map(({ name }) => name));
  return [
    part("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    part("_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml"))),
    part(
      "xl/workbook.xml",
      `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="People" sheetId="1" r:id="a"/></sheets></workbook>`,
    ),
    part(
      "xl/_rels/workbook.xml.rels",
      relations(
        relation("a", "worksheet", "worksheets/sheet1.xml") + relation("b", "sharedStrings", "sharedStrings.xml") + relation("c", "styles", "styles.xml"),
      ),
    ),
    part("xl/sharedStrings.xml", texts ?? `<sst ${MAIN}/>`),
    part("xl/styles.xml", `<styleSheet ${MAIN}><numFmts>${codes}</numFmts><cellXfs><xf/>${styles}</cellXfs></styleSheet>`),
    part("xl/worksheets/sheet1.xml", `${prefix}<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`),
  ]
    .filter(({ name }) => !replaced.has(name))
    .concat(more);
}

/** A workbook with one sheet. */
export function workbook(name: string, content: Content): Made {
  return archive(name, parts(content));
}

/** A cell that holds a text. */
export function text(value: string): string {
  const escaped = value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`;
}

/** A row of texts. */
export function row(...values: string[]): string {
  return `<row>${values.map(text).join("")}</row>`;
}
