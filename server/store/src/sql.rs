//! A statement: its text, its parameters, and a table of input rows where it has one.
//!
//! The text is the same for both databases. Where they differ it holds a word in braces, which
//! [`crate::dialect`] replaces: `{input}` (the rows of [`Input`]), `{insert}` and `{update}`
//! (of many rows, in a transaction that an error ends), `{pack}` and `{packed}` (around the columns of many rows that
//! [`crate::work::Work::pack`] reads), `{overriding}`, `{position}` and `{skip_locked}`.

use std::borrow::Cow;

/// A statement. Parameters are `$1`, `$2`, … in the order of [`Sql::bind`].
#[derive(Debug, Clone)]
pub(crate) struct Sql<'a> {
    pub(crate) text: Cow<'static, str>,
    pub(crate) binds: Vec<Bind<'a>>,
    pub(crate) input: Option<Input<'a>>,
}

/// The value of a parameter.
#[derive(Debug, Clone)]
pub(crate) enum Bind<'a> {
    Int(Option<i64>),
    Text(Option<Cow<'a, str>>),
    Bytes(Option<Cow<'a, [u8]>>),
}

/// Rows that a statement works on as a whole: columns of the same length, in the text a table called `input`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input<'a> {
    pub(crate) columns: Vec<(&'static str, Column<'a>)>,
}

/// A column of [`Input`].
#[derive(Debug, Clone)]
pub(crate) enum Column<'a> {
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<Cow<'a, str>>>),
}

/// Begins a statement.
pub(crate) fn sql<'a>(text: &'static str) -> Sql<'a> {
    Sql { text: Cow::Borrowed(text), binds: Vec::new(), input: None }
}

impl<'a> Sql<'a> {
    /// The value of the next parameter.
    pub(crate) fn bind(mut self, value: impl Into<Bind<'a>>) -> Self {
        self.binds.push(value.into());
        self
    }

    /// The rows of `{input}`.
    pub(crate) fn input(mut self, input: Input<'a>) -> Self {
        self.input = Some(input);
        self
    }

    /// Adds to the text. Only literals, so that no value of a person can become part of a statement.
    pub(crate) fn push(&mut self, text: &'static str) {
        self.text.to_mut().push_str(text);
    }

    /// Adds a parameter to the text, with its value.
    pub(crate) fn push_bind(&mut self, value: impl Into<Bind<'a>>) {
        self.binds.push(value.into());
        let number = self.binds.len();
        self.text.to_mut().push_str(&format!("${number}"));
    }

    /// Whether a text holds NUL, which PostgreSQL does not store and which would cut texts short in SQLite.
    pub(crate) fn has_nul(&self) -> bool {
        let nul = |text: &Option<Cow<'_, str>>| text.as_ref().is_some_and(|text| text.as_bytes().contains(&0));
        let in_binds = self.binds.iter().any(|bind| matches!(bind, Bind::Text(text) if nul(text)));
        let columns = self.input.iter().flat_map(|input| &input.columns);
        in_binds
            || columns.into_iter().any(|(_, column)| matches!(column, Column::Texts(texts) if texts.iter().any(nul)))
    }
}

impl<'a> Input<'a> {
    /// Adds a column of numbers.
    pub(crate) fn ints<T: Into<Option<i64>>>(mut self, name: &'static str, values: impl Iterator<Item = T>) -> Self {
        self.columns.push((name, Column::Ints(values.map(Into::into).collect())));
        self
    }

    /// Adds a column of texts.
    pub(crate) fn texts<T: IntoText<'a>>(mut self, name: &'static str, values: impl Iterator<Item = T>) -> Self {
        self.columns.push((name, Column::Texts(values.map(IntoText::into_text).collect())));
        self
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| match column {
            Column::Ints(values) => values.len(),
            Column::Texts(values) => values.len(),
        })
    }
}

/// A text or none.
pub(crate) trait IntoText<'a> {
    fn into_text(self) -> Option<Cow<'a, str>>;
}

impl<'a> IntoText<'a> for &'a str {
    fn into_text(self) -> Option<Cow<'a, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl<'a> IntoText<'a> for &'a String {
    fn into_text(self) -> Option<Cow<'a, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl<'a> IntoText<'a> for String {
    fn into_text(self) -> Option<Cow<'a, str>> {
        Some(Cow::Owned(self))
    }
}

impl<'a, T: IntoText<'a>> IntoText<'a> for Option<T> {
    fn into_text(self) -> Option<Cow<'a, str>> {
        self.and_then(IntoText::into_text)
    }
}

impl From<i64> for Bind<'_> {
    fn from(value: i64) -> Self {
        Bind::Int(Some(value))
    }
}

impl From<Option<i64>> for Bind<'_> {
    fn from(value: Option<i64>) -> Self {
        Bind::Int(value)
    }
}

impl From<u32> for Bind<'_> {
    fn from(value: u32) -> Self {
        Bind::Int(Some(value.into()))
    }
}

impl From<bool> for Bind<'_> {
    fn from(value: bool) -> Self {
        Bind::Int(Some(value.into()))
    }
}

impl<'a> From<&'a str> for Bind<'a> {
    fn from(value: &'a str) -> Self {
        Bind::Text(Some(value.into()))
    }
}

impl<'a> From<&'a String> for Bind<'a> {
    fn from(value: &'a String) -> Self {
        Bind::Text(Some(value.into()))
    }
}

impl From<String> for Bind<'_> {
    fn from(value: String) -> Self {
        Bind::Text(Some(value.into()))
    }
}

impl<'a> From<Option<&'a str>> for Bind<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Bind::Text(value.map(Into::into))
    }
}

impl<'a> From<&'a [u8]> for Bind<'a> {
    fn from(value: &'a [u8]) -> Self {
        Bind::Bytes(Some(value.into()))
    }
}

impl From<Option<Vec<u8>>> for Bind<'_> {
    fn from(value: Option<Vec<u8>>) -> Self {
        Bind::Bytes(value.map(Into::into))
    }
}
