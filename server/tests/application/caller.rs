//! A person who is signed in, and calls server functions as pages do.

use crate::http::Answer;
use crate::muster::Muster;
use app::api::session::ChangePassword;
use app::api::user::{CreateUser, GivePassword, UserForm};
use app::error::AppError;
use identity::assignment::Assignment;
use identity::user::UserFields;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::ServerFn;

/// Everybody's password, once it is their own.
pub const PASSWORD: &str = "a password of my own";

/// A session.
pub struct Caller<'a> {
    muster: &'a Muster,
    cookie: String,
}

impl<'a> Caller<'a> {
    /// The first administrator, of an installation with [`PASSWORD`].
    pub fn administrator(muster: &'a Muster) -> Self {
        Self::sign_in(muster, "admin", PASSWORD)
    }

    fn sign_in(muster: &'a Muster, username: &str, password: &str) -> Self {
        let answer = muster.sign_in(username, password);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Self { muster, cookie: answer.cookie().expect("a cookie").to_owned() }
    }

    /// Makes a user with these roles who has yet to replace a one-time password.
    pub fn newcomer(&self, username: &str, roles: &[&str]) -> Self {
        Self::sign_in(self.muster, username, &self.make(username, roles))
    }

    /// Makes a user with these roles.
    pub fn colleague(&self, username: &str, roles: &[&str]) -> Self {
        let one_time = self.make(username, roles);
        let newcomer = Self::sign_in(self.muster, username, &one_time);
        newcomer.ask(&ChangePassword { current: one_time, new: PASSWORD.to_owned() });
        Self::sign_in(self.muster, username, PASSWORD)
    }

    /// Makes a user; the one-time password.
    fn make(&self, username: &str, roles: &[&str]) -> String {
        let user_id = self.ask(&CreateUser { form: form(username, roles) });
        self.ask(&GivePassword { user_id })
    }

    /// The session's cookie.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Asks for what is at a path.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("Cookie", &self.cookie));
        self.muster.get(path, &headers)
    }

    /// Calls the function at a path.
    pub fn post(&self, path: &str, arguments: &serde_json::Value) -> Answer {
        self.muster.post(path, arguments, &[("Cookie", &self.cookie)])
    }

    /// Calls a function; its answer, whatever it is.
    pub fn call<F: ServerFn + Serialize>(&self, arguments: &F) -> Answer {
        self.post(F::PATH, &serde_json::to_value(arguments).expect("arguments are JSON"))
    }

    /// Calls a function that does what it is asked.
    pub fn ask<F>(&self, arguments: &F) -> F::Output
    where
        F: ServerFn + Serialize,
        F::Output: DeserializeOwned,
    {
        let answer = self.call(arguments);
        assert_eq!(answer.status, 200, "{}: {}", F::PATH, answer.body);
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
    }

    /// Calls a function that refuses.
    pub fn refusal<F: ServerFn + Serialize>(&self, arguments: &F) -> AppError {
        error(&self.call(arguments))
    }

    /// Calls a function whose answer comes line by line.
    pub fn lines<F: ServerFn + Serialize, T: DeserializeOwned>(&self, arguments: &F) -> Vec<T> {
        let answer = self.call(arguments);
        assert_eq!(answer.status, 200, "{}: {}", F::PATH, answer.body);
        lines(&answer)
    }
}

/// The lines of an answer that came line by line.
pub fn lines<T: DeserializeOwned>(answer: &Answer) -> Vec<T> {
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    answer.body.lines().map(read).collect()
}

/// The form of a user who may sign in.
pub fn form(username: &str, roles: &[&str]) -> UserForm {
    let fields = UserFields { username: username.to_owned(), enabled: true, ..UserFields::default() };
    let roles = roles.iter().map(|role| Assignment::parse(role).expect("an assignment")).collect();
    UserForm { fields, roles, groups: None }
}

/// The error that an answer is. Its status is the error's.
pub fn error(answer: &Answer) -> AppError {
    let error: AppError =
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {} {}", answer.status, answer.body));
    assert_eq!(answer.status, error.status(), "{error}");
    error
}

/// What is wrong with what was sent: `field: code`, in the order of the form.
pub fn problems(error: AppError) -> Vec<String> {
    match error {
        AppError::Invalid { problems } => {
            problems.into_iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect()
        }
        other => panic!("refused for another reason: {other:?}"),
    }
}
