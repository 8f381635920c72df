//! A page whose marks have half the width, some of them, or none: the same sentences and words, each leading back to its bytes.

use std::path::Path;

use cihe::table::TableId;

use crate::tables::{ints, strings};
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, outcome, write};

const FULL: &str = "\
本报讯（记者沈知远）河口镇的新桥昨天通车：桥长1,200米，宽30米（含人行道）；镇长顾小荷说：“老人们等了三年！”大家都来看。\n\n\
新桥的网址是 http://bridge.example/a?b=(c) ，票价（成人）为5:1的比例。谁先过桥？孩子们。GDP（总值）也涨了，不是吗？2024年涨了3.5%。\n";

/// `FULL` with every `nth` of its marks at half width.
fn with_half_width(nth: usize) -> String {
    let (full, half) = ("，：；（）！？“”", ",:;()!?\"\"");
    let mut met = 0;
    let narrow = |char| {
        let Some(at) = full.chars().position(|mark| mark == char) else {
            return char;
        };
        met += 1;
        let mark = half.chars().nth(at).filter(|_| met % nth == 0);
        mark.unwrap_or(char)
    };
    FULL.chars().map(narrow).collect()
}

/// Where sentences and words are, in characters, and the parts of speech; verified.
fn read(root: &Path, name: &str, text: &str) -> (Vec<i32>, Vec<i32>, Vec<Option<String>>) {
    let input = root.join(name).with_extension("txt");
    write(&input, text);
    let out = root.join(name);
    outcome(&mut cihe_run(&input, &out), LIMIT).expect_code(exit::CLEAN);
    outcome(cihe().arg("verify").arg(&out), LIMIT).expect_code(exit::CLEAN);
    assert_eq!(
        strings(&out, TableId::Documents, "text")
            .into_iter()
            .flatten()
            .collect::<String>(),
        text
    );
    (
        ints(&out, TableId::Sentences, "char_end"),
        ints(&out, TableId::Tokens, "char_end"),
        strings(&out, TableId::Tokens, "pos"),
    )
}

#[test]
fn marks_of_half_width_change_no_sentence_and_no_word_and_verify_finds_nothing_wrong() {
    let root = folder();
    let expected = read(root.path(), "full", FULL);
    assert!(expected.0.len() == 7, "{:?}", expected.0);
    for nth in [1, 2, 3] {
        let text = with_half_width(nth);
        assert!(text.len() < FULL.len());
        let found = read(root.path(), &format!("half-{nth}"), &text);
        assert_eq!(found, expected, "every mark of {nth}:\n{text}");
    }
}
