// Writes the cells of a CSV file as a workbook with ExcelJS's streaming writer, and prints how many seconds the writing took.
import { readFileSync } from "node:fs";
import { requirePeer } from "../files/places.mjs";

const [from, to] = process.argv.slice(2);
const { data } = requirePeer("papaparse").parse(readFileSync(from, "utf8"), { skipEmptyLines: true });
const ExcelJS = requirePeer("exceljs");
const begin = performance.now();
const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: to });
const sheet = workbook.addWorksheet("Users");
for (const row of data) sheet.addRow(row).commit();
await workbook.commit();
console.log((performance.now() - begin) / 1000);
