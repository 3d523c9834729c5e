//! What permissions are for.

use crate::text;
use identity::role::Permission;

/// What a permission is for, if it is one of Muster's own.
pub fn permission_says(code: &str) -> Option<&'static str> {
    Permission::parse(code).map(|permission| match permission {
        Permission::UsersRead => text!(roles.users_read),
        Permission::UsersWrite => text!(roles.users_write),
        Permission::Import => text!(roles.import),
        Permission::Export => text!(roles.export),
        Permission::Directories => text!(roles.directories),
        Permission::Roles => text!(roles.roles),
        Permission::Approve => text!(roles.approve),
        Permission::Admin => text!(roles.admin),
    })
}
