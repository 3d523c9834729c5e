//! The demo directory as a real client sees it: OpenLDAP's own tools.

use crate::peer::{Answer, Peer};
use demo::{BASE_DN, BIND_DN, BIND_PASSWORD, Failure, GROUPS, GROUPS_DN, PEOPLE, PEOPLE_DN};

const PEOPLE_FILTER: &str = "(objectClass=inetOrgPerson)";

#[tokio::test(flavor = "multi_thread")]
async fn a_paged_search_finds_everyone_once() {
    let peer = Peer::start().await;
    for size in ["1", "100", "1000", "5000"] {
        let filter = if size == "1" { "(employeeNumber<=20)" } else { PEOPLE_FILTER };
        let answer = peer.search(&["-b", BASE_DN, "-E", &format!("pr={size}/noprompt"), filter, "uid"]).await;
        assert_eq!(answer.code, 0, "{answer:?}");
        let mut uids = answer.values("uid");
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), if size == "1" { 20 } else { PEOPLE }, "pages of {size}");
    }
    let all = peer.search(&["-b", BASE_DN, "(objectClass=groupOfNames)", "1.1"]).await;
    assert_eq!((all.code, all.entries()), (0, GROUPS));
}

#[tokio::test(flavor = "multi_thread")]
async fn scopes_reach_as_far_as_they_say() {
    let peer = Peer::start().await;
    let count = async |base: &str, scope: &str| {
        let answer = peer.search(&["-b", base, "-s", scope, "1.1"]).await;
        (answer.code, answer.entries())
    };
    assert_eq!(count(BASE_DN, "base").await, (0, 1));
    assert_eq!(count(BASE_DN, "one").await, (0, 3));
    assert_eq!(count(GROUPS_DN, "sub").await, (0, GROUPS + 1));
    assert_eq!(count(GROUPS_DN, "children").await, (0, GROUPS));
    assert_eq!(count("OU=People, dc=DEMO,dc=Muster", "one").await, (0, PEOPLE));
    assert_eq!(count("ou=nowhere,dc=demo,dc=muster", "sub").await, (32, 0));
    assert_eq!(count("nonsense", "sub").await, (34, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_mean_what_the_rfc_says() {
    let peer = Peer::start().await;
    let count = async |filter: &str| peer.search(&["-b", PEOPLE_DN, "-s", "one", filter, "1.1"]).await.entries();
    let without = count("(!(mail=*))").await;
    assert!((20..40).contains(&without), "{without}");
    assert_eq!(count("(mail=*)").await, PEOPLE - without);
    assert_eq!(count("(&(employeeNumber>=0101)(employeeNumber<=0200))").await, 100);
    assert_eq!(count("(|(employeeNumber=0001)(employeeNumber=0002))").await, 2);
    assert!(count("(sn=müll*)").await > 0);
    assert_eq!(count("(sn=MÜLLER)").await, count(r"(sn=m\c3\bcller)").await);
    assert!(count("(displayName=*佐藤*)").await > 0);
    assert_eq!(count("(sn:caseExactMatch:=müller)").await, 0);
    assert_eq!(count("(ou:dn:=people)").await, PEOPLE);
    assert_eq!(count("(!(sn:1.2.3.4:=x))").await, 0);
    assert_eq!(count(r"(cn=\2a\29\28uid=\2a)").await, 0);
    let deep = format!("{}(uid=*){}", "(!".repeat(60), ")".repeat(60));
    assert_eq!(count(&deep).await, PEOPLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_gives_the_attributes_that_were_asked_for() {
    let peer = Peer::start().await;
    let names = async |attributes: &[&str]| {
        let options = ["-b", PEOPLE_DN, "-s", "one", "(employeeNumber=0003)"];
        peer.search(&[&options, attributes].concat()).await.attributes()
    };
    let all = names(&[]).await;
    assert!(all.contains(&"cn".to_owned()) && !all.contains(&"entryUUID".to_owned()), "{all:?}");
    assert_eq!(names(&["*"]).await, all);
    assert_eq!(names(&["SN", "entryuuid"]).await, ["sn", "entryUUID"]);
    assert_eq!(names(&["1.1"]).await, [""; 0]);
    let operational = ["entryUUID", "createTimestamp", "modifyTimestamp", "creatorsName", "modifiersName"];
    assert_eq!(names(&["+"]).await, operational);
    assert_eq!(names(&["*", "+"]).await.len(), all.len() + operational.len());
    let types = peer.search(&["-A", "-b", PEOPLE_DN, "-s", "one", "(employeeNumber=0003)", "sn"]).await;
    assert_eq!(types.values("sn"), [""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_size_limit_cuts_and_says_so() {
    let peer = Peer::start().await;
    let answer = peer.search(&["-b", PEOPLE_DN, "-z", "10", PEOPLE_FILTER, "1.1"]).await;
    assert_eq!((answer.code, answer.entries()), (4, 10));
    let paged = peer.search(&["-b", PEOPLE_DN, "-z", "10", "-E", "pr=4/noprompt", PEOPLE_FILTER, "1.1"]).await;
    assert_eq!((paged.code, paged.entries()), (4, 10));
    let enough = peer.search(&["-b", PEOPLE_DN, "-z", "10", "(employeeNumber<=10)", "1.1"]).await;
    assert_eq!((enough.code, enough.entries()), (0, 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn binds_are_checked() {
    let peer = Peer::start().await;
    let whoami = async |dn: &str, password: &str| peer.run("ldapwhoami", &["-D", dn, "-w", password], "").await;
    let answer = whoami(BIND_DN, BIND_PASSWORD).await;
    assert_eq!((answer.code, answer.output.trim()), (0, format!("dn:{BIND_DN}").as_str()));
    let person =
        peer.search(&["-b", PEOPLE_DN, "-s", "one", "(employeeNumber=0003)", "1.1"]).await.values("dn").remove(0);
    assert_eq!(whoami(&person, BIND_PASSWORD).await.code, 0);
    assert_eq!(whoami(&person, "wrong").await.code, 49);
    assert_eq!(whoami("uid=nobody,ou=people,dc=demo,dc=muster", BIND_PASSWORD).await.code, 49);
    assert_eq!(whoami(PEOPLE_DN, BIND_PASSWORD).await.code, 49);
    assert_eq!(whoami("nonsense", BIND_PASSWORD).await.code, 34);
    assert_eq!(whoami(BIND_DN, "").await.code, 53);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_bind_there_is_the_root_dse_and_nothing_else() {
    let peer = Peer::start().await;
    let root = peer.run("ldapsearch", &["-LLL", "-b", "", "-s", "base", "*", "+"], "").await;
    assert_eq!(root.code, 0);
    assert_eq!(root.values("namingContexts"), [BASE_DN]);
    assert_eq!(root.values("vendorName"), ["Muster demo directory"]);
    assert!(root.values("supportedControl").contains(&"1.2.840.113556.1.4.319".to_owned()));
    let people = peer.run("ldapsearch", &["-LLL", "-b", PEOPLE_DN], "").await;
    assert_eq!((people.code, people.entries()), (50, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_added_modified_compared_and_deleted() {
    let peer = Peer::start().await;
    let dn = format!("uid=zoë,{PEOPLE_DN}");
    let ldif =
        format!("dn: {dn}\nchangetype: add\nobjectClass: inetOrgPerson\nsn: Zeta\ncn: Zoë Zeta\nmail: a@x.example\n");
    assert_eq!(peer.modify(&ldif).await.code, 0);
    assert_eq!(peer.modify(&ldif).await.code, 68);
    let find = async || peer.search(&["-b", BASE_DN, "(cn=zoë zeta)", "*", "modifyTimestamp"]).await;
    assert_eq!(find().await.values("mail"), ["a@x.example"]);

    let change = |lines: &str| format!("dn: {dn}\nchangetype: modify\n{lines}\n");
    let swap =
        change("delete: mail\nmail: a@x.example\n-\nadd: mail\nmail: b@x.example\n-\nreplace: title\ntitle: Poet");
    assert_eq!(peer.modify(&swap).await.code, 0);
    assert_eq!(
        (find().await.values("mail"), find().await.values("title")),
        (vec!["b@x.example".to_owned()], vec!["Poet".to_owned()])
    );
    // The old value is not there any more: nothing of it is applied.
    assert_eq!(peer.modify(&swap).await.code, 16);
    assert_eq!(find().await.values("mail"), ["b@x.example"]);
    assert_eq!(peer.modify(&change("delete: title")).await.code, 0);
    assert_eq!(find().await.values("title").len(), 0);
    assert_eq!(peer.modify(&change("add: mail\nmail: B@x.example")).await.code, 20);
    assert_eq!(peer.modify(&change("increment: employeeNumber\nemployeeNumber: 1")).await.code, 53);

    let compare = async |assertion: &str| {
        let options = ["-D", BIND_DN, "-w", BIND_PASSWORD, dn.as_str(), assertion];
        peer.run("ldapcompare", &options, "").await.code
    };
    assert_eq!((compare("mail:B@X.example").await, compare("mail:c").await, compare("fax:1").await), (6, 5, 16));

    let rename = format!("dn: {dn}\nchangetype: modrdn\nnewrdn: uid=other\ndeleteoldrdn: 1\n");
    assert_eq!(peer.modify(&rename).await.code, 53);
    assert_eq!(peer.modify(&format!("dn: {dn}\nchangetype: delete\n")).await.code, 0);
    assert_eq!(find().await.entries(), 0);
    assert_eq!(peer.modify(&format!("dn: {PEOPLE_DN}\nchangetype: delete\n")).await.code, 66);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_may_not_write() {
    let peer = Peer::start().await;
    let person =
        peer.search(&["-b", PEOPLE_DN, "-s", "one", "(employeeNumber=0003)", "1.1"]).await.values("dn").remove(0);
    let ldif = format!("dn: {person}\nchangetype: modify\nreplace: title\ntitle: King\n");
    assert_eq!(peer.run("ldapmodify", &["-D", &person, "-w", BIND_PASSWORD], &ldif).await.code, 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_failure_is_seen_and_can_be_switched_off() {
    let peer = Peer::start().await;
    let all = async || peer.search(&["-b", PEOPLE_DN, "-E", "pr=500/noprompt", PEOPLE_FILTER, "uid"]).await;
    let whole = async |answer: Answer| assert_eq!((answer.code, answer.entries()), (0, PEOPLE), "{:?}", answer.error);

    peer.switch(Failure::SizeLimit);
    let answer = all().await;
    assert_eq!((answer.code, answer.entries()), (4, 500));

    peer.switch(Failure::DropMidPage);
    let answer = all().await;
    assert_ne!(answer.code, 0);
    assert_eq!(answer.entries(), 750, "a page of 500 and half of the next");
    let answer = peer.search(&["-b", PEOPLE_DN, PEOPLE_FILTER, "uid"]).await;
    assert_ne!(answer.code, 0);
    assert_eq!(answer.entries(), PEOPLE / 2, "half of the only page");
    let root = peer.search(&["-b", "", "-s", "base", "vendorName"]).await;
    assert_eq!((root.code, root.entries()), (0, 1), "the root DSE answers as ever");

    peer.switch(Failure::WrongPassword);
    assert_eq!(all().await.code, 49);

    peer.switch(Failure::Empty);
    let answer = all().await;
    assert_eq!((answer.code, answer.entries()), (0, 0));

    peer.switch(Failure::Garbage);
    let answer = all().await;
    assert_ne!(answer.code, 0);
    assert_eq!(answer.entries(), 250);

    peer.switch(Failure::Slow);
    whole(all().await).await;
    assert!(peer.stays_unanswered(&["-b", PEOPLE_DN, "-E", "pr=500/noprompt", PEOPLE_FILTER]).await);

    peer.switch(Failure::TimeOut);
    assert!(peer.stays_unanswered(&["-b", PEOPLE_DN, PEOPLE_FILTER]).await);

    peer.switch(Failure::None);
    whole(all().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_runs_goes_on_as_it_began() {
    let peer = Peer::start().await;
    let options = ["-b", PEOPLE_DN, PEOPLE_FILTER, "uid"];
    for failure in Failure::ALL {
        peer.switch(Failure::None);
        let answer = peer.search_across(failure, &options).await;
        assert_eq!((answer.code, answer.entries()), (0, PEOPLE), "{failure:?}: {}", answer.error);
    }
    // And one that began with a failure has it still.
    peer.switch(Failure::DropMidPage);
    let answer = peer.search_across(Failure::None, &options).await;
    assert_ne!(answer.code, 0);
    assert_eq!(answer.entries(), 1_100, "a page of 1,000 and half of the next");
}
