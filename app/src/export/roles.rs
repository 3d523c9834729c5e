//! Roles as rows (R18).

use super::or_blank;
use identity::role::Role;
use plan::many;
use std::collections::BTreeSet;

/// How the permissions of a role stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All in one cell.
    Cell,
    /// One row for each.
    Long,
    /// One column for each, with a mark where the role has it. A workbook only.
    Matrix,
}

/// The headers of roles; those of a matrix are all permissions instead of one. What it is for stands last, where files of
/// other applications have nothing.
pub const HEADER: [&str; 4] = ["role", "label", "permissions", "description"];
/// What stands in a matrix where a role has a permission.
pub const MARK: &str = "x";

impl Shape {
    /// Every one, in the order of the dialog.
    pub const ALL: [Shape; 3] = [Shape::Cell, Shape::Long, Shape::Matrix];

    /// The text that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            Shape::Cell => "cell",
            Shape::Long => "long",
            Shape::Matrix => "matrix",
        }
    }

    /// The one with this text.
    pub fn parse(code: &str) -> Option<Self> {
        Shape::ALL.into_iter().find(|shape| shape.code() == code)
    }
}

/// The header row and the rows of roles. There are few: they are made at once.
pub fn rows(shape: Shape, roles: &[Role]) -> Vec<Vec<String>> {
    let all: BTreeSet<&str> = roles.iter().flat_map(|role| role.permissions.iter().map(String::as_str)).collect();
    let header = match shape {
        Shape::Cell | Shape::Long => HEADER.map(str::to_owned).to_vec(),
        Shape::Matrix => {
            HEADER[..2].iter().chain(&all).chain(&HEADER[3..]).map(|header| (*header).to_owned()).collect()
        }
    };
    let mut rows = vec![header];
    for Role { code, label, description, permissions } in roles {
        let (begin, end) = ([code.to_string(), label.clone()], or_blank(description));
        let row = |rest: Vec<String>| begin.iter().cloned().chain(rest).chain([end.clone()]).collect();
        match shape {
            Shape::Cell => rows.push(row(vec![many::join(permissions.iter().map(String::as_str))])),
            // A role without permissions is a role all the same.
            Shape::Long if permissions.is_empty() => rows.push(row(vec![String::new()])),
            Shape::Long => {
                rows.extend(permissions.iter().map(|permission| row(vec![many::join([permission.as_str()])])));
            }
            Shape::Matrix => {
                let mark = |permission: &&str| if permissions.contains(*permission) { MARK } else { "" };
                rows.push(row(all.iter().map(mark).map(str::to_owned).collect()));
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::role::RoleCode;

    fn role(code: &str, permissions: &[&str]) -> Role {
        Role {
            code: RoleCode::parse(code).expect("a code"),
            label: code.to_lowercase(),
            description: (code == "ROLE_A").then(|| "first".to_owned()),
            permissions: permissions.iter().map(|permission| (*permission).to_owned()).collect(),
        }
    }

    fn shown(shape: Shape) -> Vec<String> {
        let roles = [role("ROLE_A", &["x.read", "y,z"]), role("ROLE_B", &[]), role("ROLE_C", &["x.read"])];
        rows(shape, &roles).iter().map(|row| row.join("|")).collect()
    }

    #[test]
    fn every_shape_says_the_same() {
        let cell = [
            "role|label|permissions|description",
            "ROLE_A|role_a|x.read,\"y,z\"|first",
            "ROLE_B|role_b||",
            "ROLE_C|role_c|x.read|",
        ];
        assert_eq!(shown(Shape::Cell), cell);
        let long = [
            "role|label|permissions|description",
            "ROLE_A|role_a|x.read|first",
            "ROLE_A|role_a|\"y,z\"|first",
            "ROLE_B|role_b||",
            "ROLE_C|role_c|x.read|",
        ];
        assert_eq!(shown(Shape::Long), long);
        let matrix =
            ["role|label|x.read|y,z|description", "ROLE_A|role_a|x|x|first", "ROLE_B|role_b|||", "ROLE_C|role_c|x||"];
        assert_eq!(shown(Shape::Matrix), matrix);
    }
}
