//! Writes packages byte by byte, so that a test shows what is wrong with one.

use miniz_oxide::deflate::compress_to_vec;

/// A ZIP archive of named parts.
#[derive(Clone, Default)]
pub struct Package {
    parts: Vec<Part>,
    /// Whether sizes and positions stand in ZIP64 fields, as programs write them that stream.
    large: bool,
}

/// A part, and what its directory entry says of it.
#[derive(Clone)]
pub struct Part {
    pub name: String,
    pub packed: Vec<u8>,
    pub size: u64,
    pub checksum: u32,
    pub method: u16,
    pub flags: u16,
}

impl Part {
    pub fn deflated(name: &str, content: &[u8]) -> Part {
        Part {
            name: name.to_owned(),
            packed: compress_to_vec(content, 6),
            size: content.len() as u64,
            checksum: crc32fast::hash(content),
            method: 8,
            flags: 0,
        }
    }

    pub fn stored(name: &str, content: &[u8]) -> Part {
        Part { packed: content.to_vec(), method: 0, ..Part::deflated(name, content) }
    }
}

pub const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

impl Package {
    /// The same with ZIP64 fields.
    pub fn large(self) -> Package {
        Package { large: true, ..self }
    }

    /// Adds a part, or takes the place of the one with this name.
    pub fn with(mut self, name: &str, content: impl AsRef<[u8]>) -> Package {
        self.parts.retain(|part| part.name != name);
        self.and(Part::deflated(name, content.as_ref()))
    }

    /// Adds a part, whatever its name.
    pub fn and(mut self, part: Part) -> Package {
        self.parts.push(part);
        self
    }

    /// Takes a part away.
    pub fn without(mut self, name: &str) -> Package {
        self.parts.retain(|part| part.name != name);
        self
    }

    /// Changes a part.
    pub fn changed(mut self, name: &str, change: impl FnOnce(&mut Part)) -> Package {
        change(self.parts.iter_mut().find(|part| part.name == name).expect("the part is there"));
        self
    }

    /// The references of a part, as `(id, kind, target)`.
    pub fn relationships(self, name: &str, targets: &[(&str, &str, &str)]) -> Package {
        let lines: String = targets
            .iter()
            .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#))
            .collect();
        self.with(name, format!(r#"<Relationships xmlns="{RELATIONSHIPS}">{lines}</Relationships>"#))
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![];
        let mut directory = vec![];
        for part in &self.parts {
            let offset = bytes.len() as u64;
            bytes.extend(b"PK\x03\x04");
            bytes.extend(self.common(part, false));
            bytes.extend(part.name.bytes());
            bytes.extend(&part.packed);
            directory.extend(b"PK\x01\x02\x2D\0");
            directory.extend(self.common(part, true));
            // A comment's length, disk and attributes.
            directory.extend([0; 10]);
            directory.extend((if self.large { u32::MAX } else { offset as u32 }).to_le_bytes());
            directory.extend(part.name.bytes());
            if self.large {
                directory.extend([1, 0, 24, 0]);
                directory.extend([part.size, part.packed.len() as u64, offset].iter().flat_map(|n| n.to_le_bytes()));
            }
        }
        let (begin, size, count) = (bytes.len() as u64, directory.len() as u64, self.parts.len() as u64);
        bytes.extend(directory);
        if self.large {
            let end = bytes.len() as u64;
            bytes.extend(b"PK\x06\x06");
            bytes.extend(44u64.to_le_bytes());
            bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            bytes.extend([count, count, size, begin].iter().flat_map(|n| n.to_le_bytes()));
            bytes.extend(b"PK\x06\x07\0\0\0\0");
            bytes.extend(end.to_le_bytes());
            bytes.extend([1, 0, 0, 0]);
        }
        let short = |value: u64| if self.large { u32::MAX } else { value as u32 };
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([count as u16, count as u16].iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend([short(size), short(begin)].iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend([0, 0]);
        bytes
    }

    /// What both headers of a part begin with.
    fn common(&self, part: &Part, central: bool) -> Vec<u8> {
        let large = self.large && central;
        let mut bytes = vec![45, 0];
        bytes.extend([part.flags, part.method, 0, 0].iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend(part.checksum.to_le_bytes());
        let short = |value: u64| if large { u32::MAX } else { value as u32 };
        bytes.extend([short(part.packed.len() as u64), short(part.size)].iter().flat_map(|n| n.to_le_bytes()));
        bytes.extend([part.name.len() as u16, if large { 28 } else { 0 }].iter().flat_map(|n| n.to_le_bytes()));
        bytes
    }
}

/// A workbook whose one sheet has this content.
pub fn sheet(content: &str) -> Package {
    workbook("", r#"<sheet name="People" sheetId="1" r:id="rId1"/>"#)
        .with("xl/worksheets/sheet1.xml", format!("<worksheet {MAIN}>{content}</worksheet>"))
}

/// A workbook whose one sheet has these rows.
pub fn rows(rows: &str) -> Package {
    sheet(&format!("<sheetData>{rows}</sheetData>"))
}

/// A workbook with these properties and sheets, of which `rId1` to `rId9` are `sheet1.xml` to `sheet9.xml`.
pub fn workbook(properties: &str, sheets: &str) -> Package {
    let targets: Vec<_> =
        (1..=9).map(|n| (format!("rId{n}"), "worksheet", format!("worksheets/sheet{n}.xml"))).collect();
    let mut targets: Vec<_> = targets.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.as_str())).collect();
    targets.extend([("styles", "styles", "styles.xml"), ("texts", "sharedStrings", "sharedStrings.xml")]);
    Package::default()
        .relationships("_rels/.rels", &[("rId1", "officeDocument", "xl/workbook.xml")])
        .relationships("xl/_rels/workbook.xml.rels", &targets)
        .with(
            "xl/workbook.xml",
            format!(r#"<workbook {MAIN} xmlns:r="{OFFICE}">{properties}<sheets>{sheets}</sheets></workbook>"#),
        )
}

impl Package {
    /// Adds shared texts, each the content of a `<si>`.
    pub fn texts(self, items: &[&str]) -> Package {
        let items: String = items.iter().map(|item| format!("<si>{item}</si>")).collect();
        self.with("xl/sharedStrings.xml", format!(r#"<sst {MAIN} count="1" uniqueCount="1">{items}</sst>"#))
    }

    /// Adds styles, of which number `n` shows numbers by the `n`th code.
    pub fn formats(self, codes: &[&str]) -> Package {
        let code = |code: &str| code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        let formats: String = (164..)
            .zip(codes)
            .map(|(id, text)| format!(r#"<numFmt numFmtId="{id}" formatCode="{}"/>"#, code(text)))
            .collect();
        let styles: String =
            (164..).zip(codes).map(|(id, _)| format!(r#"<xf numFmtId="{id}" applyNumberFormat="1"/>"#)).collect();
        self.with(
            "xl/styles.xml",
            format!(
                r#"<styleSheet {MAIN}><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>"#
            ),
        )
    }
}
