//! What becomes of texts, and of comments that are too long.

use generator::diff::{Comparison, Impact};

use super::super::tests::{change, comparison, many};
use super::{LIMIT, Options, escaped, render};

fn rendered(found: &Comparison) -> String {
    render(found, &Options::default())
}

#[test]
fn text_takes_no_effect_outside_of_code() {
    for (text, expected) in [
        ("plain, with. signs: and - such", "plain, with. signs: and - such"),
        ("ask @octocat in #12", r"ask \@&#8203;octocat in \#&#8203;12"),
        ("<img src=x> & *b* _i_ [a](b) ![c]", r"&lt;img src=x&gt; &amp; \*b\* \_i\_ \[a\]\(b\) \!\[c\]"),
        ("see https://x.example and www.x.example", "see https:&#8203;//x.example and www.&#8203;x.example"),
        (":tada: GH-12 a|b ~c~ $d$", r":&#8203;tada: GH-&#8203;12 a\|b \~c\~ \$d\$"),
        ("`@octocat` is `<b>`", "`@octocat` is `<b>`"),
        ("one ` alone @x", r"one \` alone \@&#8203;x"),
        ("two `` alone", r"two \`\` alone"),
        ("a\nb\u{7}", "a b "),
    ] {
        assert_eq!(escaped(text), expected);
    }
}

#[test]
fn an_operation_id_is_code_whatever_it_holds() {
    let found = rendered(&comparison(vec![change(Impact::Note, "a`b @x", "it", "is new")]));
    assert!(found.contains("**`` a`b @x ``**"), "{found}");
}

#[test]
fn a_comment_is_never_too_long_and_each_section_has_its_share() {
    let short = rendered(&many(5));
    assert!(!short.contains('…'), "{short}");
    let long = rendered(&many(300));
    assert!(long.chars().count() <= LIMIT && long.len() > LIMIT / 2, "{}", long.len());
    assert_eq!(long.matches("**`zoo/breaking-").count(), 300, "what breaks is all there");
    assert!(long.contains(" changes of wording more, for which a comment has no room.\n"), "{long}");
    assert!(long.ends_with("</details>\n"));
    let longer = rendered(&many(5_000));
    assert!(longer.chars().count() <= LIMIT);
    let shown = |impact: &str| longer.matches(&format!("**`zoo/{impact}-")).count();
    let impacts = ["breaking", "addition", "note", "prose"];
    for (impact, words) in
        impacts.iter().zip(["breaking changes", "additions", "notes", "changes of wording"])
    {
        let hidden =
            format!("\n… and {} {words} more, for which a comment has no room.\n", 5_000 - shown(impact));
        assert!(shown(impact) > 20 && longer.contains(&hidden), "{impact}: {}", shown(impact));
    }
    let others: usize = impacts.iter().skip(1).map(|impact| shown(impact)).sum();
    assert!(shown("breaking") > 3 * others, "what breaks has most of the room");
    let one = change(Impact::Prose, "zoo/get", "docs", &"word ".repeat(20_000));
    assert!(rendered(&comparison(vec![one])).contains("… and 1 change of wording more"));
}
