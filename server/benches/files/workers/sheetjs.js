// SheetJS reads a file in a worker, in its quickest way: dense sheets, rows as arrays of the texts that are shown.
importScripts("/peers/xlsx/dist/xlsx.full.min.js");
self.onmessage = async ({ data: file }) => {
  const workbook = XLSX.read(await file.arrayBuffer(), { dense: true });
  self.rows = XLSX.utils.sheet_to_json(workbook.Sheets[workbook.SheetNames[0]], { header: 1, raw: false });
  self.postMessage(self.rows.length);
};
