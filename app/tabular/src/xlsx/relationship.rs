//! How parts of the package refer to each other.

use super::archive::{Archive, part_name};
use super::part::Part;
use super::xml::{Xml, attributes};
use super::{Limits, ReadError};
use quick_xml::events::Event;

/// A reference from one part to another.
#[derive(Debug)]
pub(super) struct Relationship {
    pub id: String,
    /// The last part of its type's address, which the strict and the usual form of the format share.
    pub kind: String,
    /// The name of the other part.
    pub target: String,
}

/// The references of a part; of the package itself if the name is empty. Those to the outside are left out.
pub(super) fn of(archive: &Archive, part: &str, limits: &Limits) -> Result<Vec<Relationship>, ReadError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = part_name(&format!("{folder}/_rels/{file}.rels"));
    let Some(entry) = archive.find(&name)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(Part::open(archive, entry, limits)?);
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Relationship" => {
                let (mut id, mut kind, mut target, mut external) = (String::new(), String::new(), String::new(), false);
                attributes(&element, |name, value| match name {
                    "Id" => id = value.into_owned(),
                    "Type" => kind = value.rsplit('/').next().unwrap_or_default().to_owned(),
                    "Target" => target = value.into_owned(),
                    "TargetMode" => external = value.eq_ignore_ascii_case("External"),
                    _ => {}
                });
                // What we have no use for must not keep anybody from reading the rest.
                if !external && USED.contains(&kind.as_str()) {
                    target = resolve(folder, &target)?;
                    found.push(Relationship { id, kind, target });
                }
                if found.len() > limits.entries as usize {
                    return Err(ReadError::TooManyEntries { limit: limits.entries });
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The kinds that lead to cells, and the one that tells of macros.
const USED: [&str; 5] = ["officeDocument", "worksheet", "styles", "sharedStrings", "vbaProject"];

/// The name of a part that is given from a folder.
fn resolve(folder: &str, target: &str) -> Result<String, ReadError> {
    let target_path = target.replace('\\', "/");
    let mut names: Vec<&str> = if target_path.starts_with('/') { vec![] } else { folder.split('/').collect() };
    for name in target_path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.pop().is_some_and(|name| !name.is_empty()) => {}
            ".." => return Err(ReadError::Outside { target: target.to_owned() }),
            name => names.push(name),
        }
    }
    Ok(part_name(&names.join("/")))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_names_within_the_package() {
        for (folder, target, expected) in [
            ("xl", "worksheets/Sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl", "../docProps/app.xml", "docprops/app.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("xl/a", "./.././b.xml", "xl/b.xml"),
        ] {
            assert_eq!(resolve(folder, target).expect(target), expected);
        }
        for outside in ["../../etc/passwd", "/..", "..\\..\\x"] {
            assert!(resolve("xl", outside).is_err(), "{outside}");
        }
    }
}
