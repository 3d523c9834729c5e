//! Quotes that are closed, doubled, or never closed.

use crate::support::check;
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn spaces_may_follow_a_closing_quote() {
    check(
        "a,b\n\"1\" ,\"2\"  \n",
        expect![[r#"
        1: a|b
        2: 1|2
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn text_after_a_closing_quote_is_reported() {
    check(
        "a,b\n\"5\" pipe, long\",x\n\"6\"\"y\",z\n",
        expect![[r#"
        1: a|b
        2: 5" pipe, long|x
        3: 6"y|z
        row 2, column 1: text follows a closing quote; double the quotes within a value
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn quotes_that_are_doubled_without_being_quoted_are_text() {
    check(
        "a,b\n\"\"x\"\",y\n\"\"\"\"z,\"\"\n",
        expect![[r#"
        1: a|b
        2: ""x""|y
        3: """"z|
        row 2, column 1: text follows a closing quote; double the quotes within a value
        row 3, column 1: text follows a closing quote; double the quotes within a value
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_unclosed_quote_in_the_last_column_swallows_nothing() {
    check(
        "a,b\n1,\"two\n3,\"four\"\n5,six\n",
        expect![[r#"
        1: a|b
        2: 1|"two
        3: 3|four
        4: 5|six
        line 2, character 3: this quote is never closed; close it or remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_unclosed_quote_that_nothing_follows_swallows_nothing() {
    check(
        "a,b\r\n1,\"two\r\n3,four\r\n5,six\r\n",
        expect![[r#"
        1: a|b
        2: 1|"two
        3: 3|four
        4: 5|six
        line 2, character 3: this quote is never closed; close it or remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_unclosed_quote_is_pointed_at_in_characters_of_its_line() {
    check(
        "a,b,c\n\"Zoë\nÄ\"\"é\",x,\"oops\n1,2,3\n",
        expect![[r#"
        1: a|b|c
        2: Zoë\nÄ"é|x|"oops
        3: 1|2|3
        line 3, character 9: this quote is never closed; close it or remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_unclosed_quote_is_found() {
    check(
        "a,b\n\"1,2\n\"3,4\n5,\"6\n",
        expect![[r#"
        1: a|b
        2: "1|2
        3: "3|4
        4: 5|"6
        line 2, character 1: this quote is never closed; close it or remove it
        line 3, character 1: this quote is never closed; close it or remove it
        line 4, character 3: this quote is never closed; close it or remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_quote_at_the_very_end_of_the_file_is_unclosed() {
    check(
        "a,b\n1,\"",
        expect![[r#"
        1: a|b
        2: 1|"
        line 2, character 3: this quote is never closed; close it or remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_quoted_cell_may_end_with_the_file() {
    check(
        "a,b\n1,\"2\"",
        expect![[r#"
        1: a|b
        2: 1|2
    "#]],
    );
}
