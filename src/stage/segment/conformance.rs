//! The one test that every engine passes: `conforms(&engine)`. A failure names the side that broke the law.

use proptest::test_runner::TestRunner;

use super::{Engine, check_words};

/// Texts that have broken segmenters: scripts mixed, runs without separators, marks that stand in words and alone.
const HARD: &[&str] = &[
    "",
    " ",
    "\r\n",
    "词河。",
    "　全角空格　之间　",
    "GDP增长3.5%，C++与a-b",
    "龘龖鑫焱淼犇骉羴",
    "𠮷野家与𪚥",
    "👩‍👩‍👧‍👦和\u{200b}零宽\u{feff}",
    "\u{0}控制\u{7f}字符\u{85}",
    "……——《》“”",
];

/// Holds `engine` to the segmenter law, on hard texts and on generated ones.
pub(crate) fn conforms(engine: &dyn Engine) {
    let check = |view: &str| {
        let mut words = Vec::new();
        engine.segment(view, &mut words);
        check_words(view, &words).unwrap_or_else(|breach| {
            panic!(
                "engine `{}` breaks the segmenter law on {view:?}: {breach}; the hop is not to blame",
                engine.name()
            )
        });
        let mut again = Vec::new();
        engine.segment(view, &mut again);
        assert_eq!(
            words,
            again,
            "engine `{}` gives two answers for {view:?}",
            engine.name()
        );
    };
    for text in HARD {
        check(text);
    }
    let texts = proptest::string::string_regex("([一-龥]{1,6}|[ -~]{1,4}|[，。、　\n]|\\PC){0,24}");
    TestRunner::deterministic()
        .run(&texts.unwrap(), |text| {
            check(&text);
            Ok(())
        })
        .unwrap();
    // The longest text that the hop hands over.
    check(&"龘".repeat(super::PIECE_CHARS));
}

#[test]
fn conformance_names_the_engine_that_drops_text() {
    #[derive(Debug)]
    struct Silent;
    impl Engine for Silent {
        fn name(&self) -> &'static str {
            "silent"
        }
        fn segment(&self, _: &str, _: &mut Vec<super::Word>) {}
    }
    let panic = std::panic::catch_unwind(|| conforms(&Silent)).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(
        message.starts_with("engine `silent` breaks the segmenter law"),
        "{message}"
    );
}
