// Papa Parse reads a file in a worker: all rows, as arrays of texts.
importScripts("/peers/papaparse/papaparse.min.js");
self.onmessage = ({ data: file }) =>
  Papa.parse(file, {
    complete: ({ data }) => {
      self.rows = data;
      self.postMessage(data.length - (data.at(-1).length === 1 ? 1 : 0));
    },
  });
