//! What servers do when things go wrong. None of it may pass for a complete result.

use crate::target::{everyone, find, read, search, target};
use directory::{Cause, Target};
use testkit::{ClosedPort, Hostile, Slapd};

async fn refused(target: &Target) -> Cause {
    target.connect().await.map(|_| ()).expect_err("refused").cause
}

#[tokio::test]
async fn a_result_that_was_cut_is_not_complete() {
    let slapd = Slapd::builder(800).limits("size.soft=500 size.hard=500 size.prtotal=hard").start();
    let mut target = target(&slapd.url());
    target.settings.schema.page_size = 200;
    let found = find(&target, everyone()).await;
    assert_eq!(*found.cause(), Cause::SizeLimit { received: 500 });
    assert_eq!(found.entries(), 500, "what came is shown all the same");
}

#[tokio::test]
async fn a_server_whose_time_stands_still_ends_in_a_time_out() {
    let slapd = Slapd::start(100);
    let mut target = target(&slapd.url());
    target.settings.connection.operation_timeout = 1;
    let session = target.connect().await.expect("connects");
    slapd.pause();
    let found = read(session.search(everyone())).await;
    assert_eq!(*found.cause(), Cause::TimedOut { seconds: 1 });

    // The kernel still accepts connections for it; the bind then waits.
    assert_eq!(refused(&target).await, Cause::TimedOut { seconds: 1 });
    slapd.resume();
    assert!(target.connect().await.is_ok());
}

#[tokio::test]
async fn a_server_that_dies_between_pages_ends_the_search_for_good() {
    let mut slapd = Slapd::start(3000);
    let mut target = target(&slapd.url());
    target.settings.schema.page_size = 500;
    let mut pages = target.connect().await.expect("connects").search(everyone());
    assert!(pages.next().await.expect("the first page").is_some());
    slapd.kill();
    let found = read(pages).await;
    assert_eq!(*found.cause(), Cause::Dropped);
    assert!(found.entries() < 2500);
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_of_a_page_ends_the_search_for_good() {
    let mut slapd = Slapd::start(12_000);
    let mut target = target(&slapd.url());
    target.settings.schema.page_size = 10_000;
    let mut pages = target.connect().await.expect("connects").search(everyone());
    // Long enough to ask, and far too short for a page.
    tokio::select! {
        biased;
        page = pages.next() => panic!("{page:?}"),
        () = tokio::task::yield_now() => {}
    }
    slapd.kill();
    let found = read(pages).await;
    assert_eq!(*found.cause(), Cause::Dropped);
    assert!(found.entries() < 12_000);
}

#[tokio::test]
async fn a_wrong_password_is_named() {
    let slapd = Slapd::shared();
    let mut target = target(&slapd.url());
    target.password = Some("wrong".to_owned().into());
    assert_eq!(refused(&target).await, Cause::InvalidCredentials { detail: None });
}

#[tokio::test]
async fn an_empty_password_never_touches_the_network() {
    let peer = Hostile::after_bind(|_, _| Ok(()));
    let mut target = target(&peer.url());
    for password in [Some(String::new().into()), None] {
        target.password = password;
        assert_eq!(refused(&target).await, Cause::EmptyPassword);
    }
    assert_eq!(peer.connections(), 0);
}

#[tokio::test]
async fn a_base_that_is_missing_is_named() {
    let slapd = Slapd::shared();
    let mut target = target(&slapd.url());
    target.settings.schema.base_dns = vec!["ou=nowhere,dc=example,dc=org".to_owned()];
    assert_eq!(*find(&target, everyone()).await.cause(), Cause::NoSuchBase);
}

#[tokio::test]
async fn a_search_that_is_referred_elsewhere_is_not_complete() {
    let slapd = Slapd::builder(10).referral("ldap://elsewhere.example").start();
    let mut target = target(&slapd.url());
    target.settings.schema.base_dns = vec!["dc=other,dc=example".to_owned()];
    assert_eq!(*find(&target, everyone()).await.cause(), Cause::Referral);
}

#[tokio::test]
async fn a_reference_among_the_results_is_counted_and_proves_nobody_absent() {
    let ldif = "dn: ou=far,ou=people,dc=example,dc=org\nobjectClass: referral\nobjectClass: extensibleObject\nou: far\n\
                ref: ldap://elsewhere.example/ou=far,dc=example,dc=org";
    let slapd = Slapd::builder(10).ldif(ldif).start();
    let found = find(&target(&slapd.url()), everyone()).await;
    assert_eq!((found.entries(), found.references), (10, 1));
    let completion = found.end.expect("no error").expect("all of this server was read");
    assert_eq!((completion.entries, completion.references), (10, 1));
    assert!(completion.nothing_elsewhere().is_none(), "more people may be elsewhere");
}

#[tokio::test]
async fn a_host_that_nobody_knows_and_a_port_where_nobody_listens_are_told_apart() {
    assert_eq!(refused(&target("ldap://nowhere.invalid")).await, Cause::UnknownHost);
    let closed = ClosedPort::take();
    assert_eq!(refused(&target(&closed.ldap_url())).await, Cause::Unreachable);
}

#[tokio::test]
async fn the_second_url_serves_when_the_first_does_not() {
    let slapd = Slapd::shared();
    let closed = ClosedPort::take();
    let mut target = target(&closed.ldap_url());
    target.settings.connection.urls.push(slapd.url());
    let session = target.connect().await.expect("the second answers");
    assert_eq!(session.url(), slapd.url());
}

#[tokio::test]
async fn a_run_has_a_deadline() {
    let slapd = Slapd::start(100);
    let mut target = target(&slapd.url());
    target.settings.connection.run_deadline = 1;
    let session = target.connect().await.expect("connects");
    slapd.pause();
    assert_eq!(*read(session.search(everyone())).await.cause(), Cause::DeadlinePassed { seconds: 1 });
}

#[tokio::test]
async fn a_page_larger_than_the_server_allows_is_an_error_and_not_fewer_people() {
    let slapd = Slapd::builder(50).limits("size=unlimited size.pr=20").start();
    let found = find(&target(&slapd.url()), everyone()).await;
    assert!(found.end.is_err());
}

#[tokio::test]
async fn an_error_reads_as_a_sentence() {
    let slapd = Slapd::shared();
    let mut target = target(&slapd.url());
    target.settings.schema.base_dns = vec!["ou=nowhere,dc=example,dc=org".to_owned()];
    let mut pages = target.connect().await.expect("connects").search(search("(uid=a)"));
    let error = pages.next().await.expect_err("there is no such base").to_string();
    let url = slapd.url();
    assert_eq!(
        error,
        format!(
            "could not search below ou=nowhere,dc=example,dc=org at {url}: \
             the base does not exist, or the account may not see it"
        )
    );
}
