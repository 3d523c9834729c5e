// ExcelJS reads a file in a worker: rows as arrays of values.
importScripts("/peers/exceljs/dist/exceljs.min.js");
self.onmessage = async ({ data: file }) => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await file.arrayBuffer());
  self.rows = [];
  workbook.worksheets[0].eachRow((row) => self.rows.push(row.values));
  self.postMessage(self.rows.length);
};
