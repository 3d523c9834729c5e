//! Commands of the binary, and its first start.

use crate::muster::{Installation, on_both_databases};

// What begins with the database. Settings are read, and the demo runs, without PostgreSQL.
on_both_databases! {
    the_first_start_prints_a_password_once_and_logs_it_never,
    the_first_password_may_come_from_the_environment,
    a_password_that_was_lost_is_replaced_and_sessions_end,
    an_empty_password_of_the_environment_is_none,
    migrating_twice_is_migrating_once,
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_settings_in_effect_are_shown_without_secrets() {
    let installation = Installation::new()
        .with("MUSTER_DATABASE_URL", "postgres://muster:hush-hush@db.example/muster")
        .with("MUSTER_ADMIN_PASSWORD", "hush-hush-hush");
    let output = installation.run(&["check-config"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(shown.contains("listen = \"127.0.0.1:") && shown.contains("db.example"), "{shown}");
    assert!(!shown.contains("hush-hush"), "{shown}");
}

#[test]
fn a_setting_that_does_not_exist_is_refused_by_name() {
    let output = Installation::new().with("MUSTER_LISEN", "127.0.0.1:1").run(&["check-config"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("lisen"), "{}", text(&output.stderr));
}

#[test]
fn a_file_of_settings_that_is_missing_is_refused_by_name() {
    let output = Installation::new().run(&["--config", "/nowhere/muster.toml", "check-config"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("/nowhere/muster.toml"), "{}", text(&output.stderr));
}

fn the_first_start_prints_a_password_once_and_logs_it_never(installation: Installation) {
    let muster = installation.start();
    let password = muster.one_time_password().expect("printed").to_owned();
    assert_eq!(muster.sign_in("admin", &password).status, 200);
    assert!(!muster.log().contains(&password));
    muster.terminate();
    let again = installation.start();
    assert_eq!(again.one_time_password(), None, "{}", again.welcome);
    assert_eq!(again.sign_in("ADMIN", &password).status, 200);
}

fn the_first_password_may_come_from_the_environment(installation: Installation) {
    let installation =
        installation.with("MUSTER_ADMIN_USERNAME", "root").with("MUSTER_ADMIN_PASSWORD", "a password of my own");
    let muster = installation.start();
    assert!(!muster.welcome.contains("a password of my own"));
    assert_eq!(muster.sign_in("root", "a password of my own").status, 200);
}

fn a_password_that_was_lost_is_replaced_and_sessions_end(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", "a password of my own");
    let muster = installation.start();
    let signed_in = muster.sign_in("admin", "a password of my own");
    let cookie = signed_in.cookie().expect("a cookie");
    assert!(muster.knows(cookie));
    let output = installation.run(&["admin", "reset-password"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    let password = printed.trim().rsplit(' ').next().expect("a password");
    assert!(!muster.knows(cookie));
    assert_eq!(muster.sign_in("admin", "a password of my own").status, 401);
    assert_eq!(muster.sign_in("admin", password).status, 200);
}

fn an_empty_password_of_the_environment_is_none(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", "");
    let muster = installation.start();
    let password = muster.one_time_password().expect("printed").to_owned();
    assert_eq!(muster.sign_in("admin", &password).status, 200);
}

#[test]
fn settings_that_cannot_work_are_refused_by_name() {
    let long = "x".repeat(1025);
    for (variable, value, named) in [
        ("MUSTER_ADMIN_PASSWORD", "hush", "admin_password"),
        ("MUSTER_ADMIN_PASSWORD", long.as_str(), "admin_password"),
        ("MUSTER_SECRET_KEY", "hush", "secret_key"),
        ("MUSTER_DATABASE_URL", "mysql://me:hush@db.example/muster", "database_url"),
    ] {
        let installation = Installation::new().with(variable, value);
        for command in ["check-config", "serve"] {
            let output = installation.run(&[command]);
            let errors = text(&output.stderr);
            assert!(!output.status.success(), "{command} with {variable}");
            assert!(errors.contains(named) && !errors.contains("hush"), "{errors}");
        }
    }
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    std::fs::write(installation.database().with_file_name("secret.key"), "hush").expect("written");
    let output = installation.run(&["check-config"]);
    assert!(!output.status.success() && text(&output.stderr).contains("secret.key"), "{}", text(&output.stderr));
}

#[test]
fn a_command_in_the_wrong_folder_leaves_nothing_there() {
    let installation = Installation::new();
    let output = installation.run(&["admin", "reset-password"]);
    assert!(!output.status.success());
    let database = installation.database();
    let errors = text(&output.stderr);
    assert!(errors.contains(&format!("there is no database at {}", database.display())), "{errors}");
    let folder = std::fs::read_dir(database.parent().expect("a folder")).expect("there");
    assert_eq!(folder.count(), 0);
}

#[test]
fn the_demo_names_a_command_that_is_there() {
    let installation = Installation::new();
    installation.start_demo().terminate();
    let again = installation.start_demo();
    let line = again.welcome.lines().find(|line| line.contains("Password lost?")).expect("told");
    let program = line.split_whitespace().find(|word| word.ends_with("/muster")).expect("the whole path");
    assert!(std::path::Path::new(program).is_file(), "{line}");
}

#[test]
fn nobodys_password_cannot_be_replaced() {
    let installation = Installation::new();
    assert!(installation.run(&["migrate"]).status.success());
    let output = installation.run(&["admin", "reset-password", "--username", "eve"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("eve"), "{}", text(&output.stderr));
}

fn migrating_twice_is_migrating_once(installation: Installation) {
    for _ in 0..2 {
        let output = installation.run(&["migrate"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

#[test]
fn a_secret_key_that_is_none_is_refused_and_not_shown() {
    let installation = Installation::new().with("MUSTER_SECRET_KEY", "too short");
    let output = installation.run(&["migrate"]);
    assert!(!output.status.success());
    let errors = text(&output.stderr);
    assert!(errors.contains("secret_key") && !errors.contains("too short"), "{errors}");
}

#[test]
fn the_demo_touches_no_database_that_somebody_works_with() {
    let installation = Installation::new().with("MUSTER_DATABASE_URL", "postgres://muster:hush-hush@db.example/muster");
    let output = installation.run(&["demo"]);
    assert!(!output.status.success());
    let errors = text(&output.stderr);
    assert!(errors.contains("database_url") && !errors.contains("hush-hush"), "{errors}");
}

#[tokio::test]
async fn the_demo_directory_is_for_new_installations_alone() {
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", "a password of my own");
    installation.start().terminate();
    let demo = installation.start_demo();
    let directories = installation.store().await.list_directories().await.expect("answers");
    assert_eq!(directories, vec![], "whoever knows the demo's password would be let in");
    drop(demo);
    let new = Installation::new();
    let _demo = new.start_demo();
    assert_eq!(new.store().await.list_directories().await.expect("answers").len(), 1);
}
