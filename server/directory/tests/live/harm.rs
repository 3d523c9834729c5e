//! Peers that mean harm: each is told apart, and the process stays alive.

use crate::target::{Found, everyone, find, target};
use directory::{Cause, Target, error::CredentialsDetail};
use std::{
    io::{self, Write},
    net::TcpStream,
};
use testkit::{
    Hostile,
    hostile::{Request, done, element, entry, message, reference},
};

/// What a search at a peer gives that answers it so.
async fn search(answer: impl Fn(Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Found {
    let peer = Hostile::after_bind(answer);
    let mut target: Target = target(&peer.url());
    target.settings.connection.operation_timeout = 10;
    find(&target, everyone()).await
}

fn person(id: u8, number: u32) -> Vec<u8> {
    entry(id, format!("uid=user{number},dc=example").as_bytes(), "uid", format!("user{number}").as_bytes())
}

#[tokio::test]
async fn garbage_is_not_ldap() {
    let found = search(|_, stream| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")).await;
    assert_eq!(*found.cause(), Cause::Garbage);
}

#[tokio::test]
async fn garbage_instead_of_a_bind_is_not_ldap_either() {
    let peer = Hostile::start(|_, stream| stream.write_all(&[0xff; 100]));
    assert_eq!(target(&peer.url()).connect().await.expect_err("refused").cause, Cause::Garbage);
}

#[tokio::test]
async fn a_page_that_repeats_for_ever_ends_the_run() {
    let found =
        search(|request, stream| stream.write_all(&[person(request.id, 1), done(request.id, 0, b"again")].concat()));
    assert_eq!(*found.await.cause(), Cause::EndlessPages);
    let found = search(|request, stream| stream.write_all(&done(request.id, 0, b"again")));
    assert_eq!(*found.await.cause(), Cause::EndlessPages, "without entries");
}

#[tokio::test]
async fn one_cookie_for_all_pages_is_how_some_servers_page() {
    // 389 DS numbers searches, not pages.
    let found = search(|request, stream| {
        let cookie: &[u8] = if request.id < 6 { b"0" } else { b"" };
        stream.write_all(&[person(request.id, request.id.into()), done(request.id, 0, cookie)].concat())
    })
    .await;
    assert_eq!(found.end.expect("no error").expect("complete").entries, 5);
}

#[tokio::test]
async fn half_a_page_is_not_a_page() {
    let found = search(|request, stream| {
        stream.write_all(&[person(request.id, 1), person(request.id, 2)].concat())?;
        Err(io::ErrorKind::ConnectionAborted.into())
    })
    .await;
    assert_eq!(*found.cause(), Cause::Dropped);
    assert_eq!(found.entries(), 2);
}

#[tokio::test]
async fn an_error_on_a_page_that_is_not_the_last_ends_the_run() {
    let found = search(|request, stream| {
        let code = if request.id == 3 { 4 } else { 0 };
        stream.write_all(&[person(request.id, request.id.into()), done(request.id, code, &[request.id])].concat())
    })
    .await;
    assert_eq!(*found.cause(), Cause::SizeLimit { received: 2 });
}

#[tokio::test]
async fn a_server_that_stops_speaking_of_pages_did_not_say_that_it_is_done() {
    let found = search(|request, stream| match request.id {
        2 => stream.write_all(&[person(request.id, 1), done(request.id, 0, b"more")].concat()),
        _ => stream.write_all(&message(request.id, &element(0x65, &[10, 1, 0, 4, 0, 4, 0]), &[])),
    })
    .await;
    assert_eq!(*found.cause(), Cause::Garbage);
}

#[tokio::test]
async fn a_message_of_500_mb_is_refused_by_its_header() {
    let found = search(|_, stream| stream.write_all(&[0x30, 0x84, 0x1d, 0xcd, 0x65, 0x00, 2, 1])).await;
    assert_eq!(*found.cause(), Cause::TooLarge { limit_bytes: 64 * 1024 * 1024 });
}

#[tokio::test]
async fn a_value_of_100_mb_is_too_large() {
    let found =
        search(|request, stream| stream.write_all(&entry(request.id, b"uid=a", "jpegPhoto", &vec![0xff; 100_000_000])))
            .await;
    assert!(matches!(found.cause(), Cause::TooLarge { .. }));
}

#[tokio::test]
async fn a_value_of_20_mb_is_read() {
    let found = search(|request, stream| {
        let value = vec![b'a'; 20_000_000];
        stream.write_all(&[entry(request.id, b"uid=a", "description", &value), done(request.id, 0, b"")].concat())
    })
    .await;
    assert_eq!(found.pages[0][0].texts("description").map(str::len).sum::<usize>(), 20_000_000);
    assert!(found.end.expect("no error").is_some());
}

#[tokio::test]
async fn nesting_without_end_is_not_followed() {
    let deep = |inner: Vec<u8>| (0..12_000).fold(inner, |inner, _| element(0x30, &inner));
    let found = search(move |_, stream| stream.write_all(&deep(vec![]))).await;
    assert_eq!(*found.cause(), Cause::Garbage);
    // Inside of an entry, where attributes should be.
    let found = search(move |request, stream| {
        let attributes = element(0x30, &deep(vec![]));
        stream.write_all(&message(request.id, &element(0x64, &[element(4, b"uid=a"), attributes].concat()), &[]))
    })
    .await;
    assert_eq!(*found.cause(), Cause::Garbage);
}

#[tokio::test]
async fn a_dn_that_is_not_utf8_and_bytes_for_a_name_are_taken_as_they_are() {
    let found = search(|request, stream| {
        let odd = entry(request.id, b"uid=\xff,dc=example", "cn", &[0xc3, 0x28]);
        stream.write_all(&[odd, done(request.id, 0, b"")].concat())
    })
    .await;
    let entry = &found.pages[0][0];
    assert_eq!(entry.dn, "uid=\\FF,dc=example");
    assert_eq!(entry.texts("cn").count(), 0, "bytes are no text");
    assert_eq!(entry.values("cn").count(), 1);
}

#[tokio::test]
async fn a_server_that_does_not_page_comes_in_pages_all_the_same() {
    let found = search(|request, stream| {
        let people: Vec<u8> = (0..2500).flat_map(|number| person(request.id, number)).collect();
        let done = message(request.id, &element(0x65, &[10, 1, 0, 4, 0, 4, 0]), &[]);
        stream.write_all(&[people, done].concat())
    })
    .await;
    assert_eq!(found.pages.iter().map(Vec::len).collect::<Vec<_>>(), [1000, 1000, 500]);
    assert_eq!(found.end.expect("no error").expect("complete").entries, 2500);
}

#[tokio::test]
async fn a_page_without_end_ends_at_the_deadline() {
    let peer = Hostile::after_bind(|request, stream| {
        for number in 0.. {
            stream.write_all(&person(request.id, number))?;
        }
        Ok(())
    });
    let mut target = target(&peer.url());
    target.settings.connection.run_deadline = 1;
    let mut pages = target.connect().await.expect("connects").search(everyone());
    let cause = loop {
        match pages.next().await {
            Ok(page) => assert!(page.expect("no end").entries.len() <= 1000),
            Err(error) => break error.cause,
        }
    };
    assert_eq!(cause, Cause::DeadlinePassed { seconds: 1 });
}

#[tokio::test]
async fn a_notice_of_disconnection_ends_the_run() {
    let found = search(|_, stream| stream.write_all(&testkit::hostile::extended_response(0, 52))).await;
    assert_eq!(*found.cause(), Cause::Unwilling);
}

#[tokio::test]
async fn references_alone_are_a_result_that_proves_nobody_absent() {
    let found = search(|request, stream| {
        let elsewhere = reference(request.id, "ldap://elsewhere.example");
        stream.write_all(&[elsewhere, done(request.id, 0, b"")].concat())
    })
    .await;
    assert_eq!(found.references, 1);
    let completion = found.end.expect("no error").expect("complete");
    assert_eq!((completion.entries, completion.references), (0, 1));
    assert!(completion.nothing_elsewhere().is_none());
}

#[tokio::test]
async fn the_reason_of_active_directory_reaches_people() {
    let peer = Hostile::start(|request, stream| {
        let text = "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 775, v3839";
        stream.write_all(&testkit::hostile::bind_response(request.id, 49, text))
    });
    let cause = target(&peer.url()).connect().await.expect_err("refused").cause;
    assert_eq!(cause, Cause::InvalidCredentials { detail: Some(CredentialsDetail::AccountLocked) });
}

#[tokio::test]
async fn a_search_can_be_dropped_in_the_middle_of_waiting_and_go_on() {
    let peer = Hostile::after_bind(|request, stream| {
        let page = [person(request.id, 1), person(request.id, 2), done(request.id, 0, b"")].concat();
        page.chunks(7).try_for_each(|piece| stream.write_all(piece))
    });
    let mut pages = target(&peer.url()).connect().await.expect("connects").search(everyone());
    let mut entries = 0;
    loop {
        tokio::select! {
            biased;
            page = pages.next() => match page.expect("no error") {
                Some(page) => entries += page.entries.len(),
                None => break,
            },
            // Drops the call whenever it has to wait.
            () = tokio::task::yield_now() => {}
        }
    }
    assert_eq!(entries, 2);
    let completion = pages.completion().expect("complete");
    assert_eq!(completion.nothing_elsewhere().expect("nobody refers elsewhere").entries, 2);
}
