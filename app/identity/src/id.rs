//! Numbers that name rows of the store.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A user of Muster.
    UserId
);
id!(
    /// A group of users.
    GroupId
);
id!(
    /// A configured directory (an LDAP service).
    DirectoryId
);
id!(
    /// A stored plan.
    PlanId
);
id!(
    /// Records of a file that were sent up.
    UploadId
);
id!(
    /// A profile of file imports.
    ProfileId
);
id!(
    /// A job.
    JobId
);
id!(
    /// A notification, or another event of the stream that browsers follow. Counts up.
    EventId
);
