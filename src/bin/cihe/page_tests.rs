//! A page, on a document made by hand.

use cihe::record::{
    DocId, Edit, EditRule, MediaType, Method, Place, Pos, Quality, Quantity, Script, Segmented,
    SentenceKind,
};
use cihe::text::{Alignment, CharOffset, SourceOffset, SpanWalker};
use expect_test::expect;

use cihe::record::{Document, Entity, Label, Sentence, Tagged, Token};
use cihe::text::Span;

use crate::page::Page;
use crate::paint::Paint;

/// An edit at this character.
fn edit(rule: EditRule, [before, after]: [&'static str; 2], confidence: f32, char: u32) -> Edit {
    let source = SourceOffset::new(6)..SourceOffset::new(7);
    Edit::new(rule, before, after, confidence, source).at(CharOffset::new(char))
}

/// A document of one sentence, its words cut where `words` has spaces, the first word a person.
fn tagged(words: &str) -> Tagged {
    let text = words.replace(' ', "");
    let mut walker = SpanWalker::new(&text);
    let mut start = 0;
    let tokens: Vec<Token> = words
        .split(' ')
        .map(|word| {
            let span = walker.span(start..start + word.len());
            start += word.len();
            let pos = Pos::new("n").unwrap();
            Token {
                span,
                sentence: 0,
                pos,
            }
        })
        .collect();
    let entity = Entity {
        sentence: 0,
        label: Label::Person,
        span: tokens[0].span,
        quantity: None,
        titles: Vec::new(),
        full: None,
        concept: None,
        method: Method::Lexicon,
        score: 1.0,
    };
    let document = document(text);
    Tagged {
        segmented: Segmented {
            document,
            tokens,
            reconciled: Vec::new(),
        },
        entities: vec![entity],
        enumerations: Vec::new(),
        quotes: Vec::new(),
    }
}

fn document(text: String) -> Document {
    let span = Span::whole(&text);
    let place = Place::new("news/a.txt", 0);
    let sentence = Sentence {
        paragraph: 0,
        kind: SentenceKind::Body,
        span,
        speaker: None,
    };
    let edit = edit(EditRule::HardWrap, ["\n", ""], 1.0, 2);
    Document {
        id: DocId::new(&place, 0),
        place,
        article: 0,
        title: Some("新桥".into()),
        published: None,
        collection: None,
        media_type: MediaType::Plain,
        encoding: "utf-8",
        script: Script::Hans,
        alignment: Alignment::identity(text.len()),
        chars: span.char_len(),
        paragraphs: 1,
        sentences: vec![sentence],
        edits: vec![edit],
        quality: Quality {
            han_ratio: 1.0,
            repaired_breaks: 1,
            ..Quality::default()
        },
        content_sha256: String::new(),
        duplicate_of: None,
        meta: None,
        issuers: Vec::new(),
        simplified: None,
        text,
    }
}

fn shown(on: bool) -> String {
    let mut page = Page {
        out: Vec::new(),
        paint: Paint { on },
    };
    page.document(&tagged("温春树 看 桥")).unwrap();
    String::from_utf8(page.out).unwrap()
}

#[test]
fn a_document_is_shown_hop_by_hop() {
    expect![[r#"
        news/a.txt#0 article 0
             title  新桥
           read as  text/plain, utf-8, Hans
              size  5 characters, 1 paragraph, 1 sentence
           quality  language und, 1.00 of the characters are Han, 0.00 of the text is boilerplate
            damage  1 break repaired, 0 suspects (0.00 for every thousand characters)
           minhash  3c15f6e80b0822df48ba93780d3de5e5, too short for copies that are nearly the same
             bytes  0..15 of the record
              edit  layout/hard-wrap at character 2: "\n" became ""
             marks  ⏎ a line end taken out

        paragraph 0
           0 body        温春⏎树看桥
                          温春树/n 看/n 桥/n
                          PER:温春树

    "#]]
    .assert_eq(&shown(false));
}

#[test]
fn what_is_known_of_an_entity_stands_behind_it() {
    let mut tagged = tagged("温春树 看 桥");
    let person = tagged.entities[0].clone();
    tagged.entities[0].titles = vec!["馆长".into(), "教授".into()];
    let mut with = |label, token: usize, quantity| {
        let span = tagged.segmented.tokens[token].span;
        tagged.entities.push(Entity {
            label,
            span,
            quantity: Some(Box::new(quantity)),
            ..person.clone()
        });
    };
    let day = |text: &str| text.parse().ok();
    let amount = Quantity {
        value: Some(1.6e12),
        unit: Some("CNY".into()),
        ..Quantity::default()
    };
    with(Label::Money, 1, amount);
    let dates = Quantity {
        date_start: day("2024-05-01"),
        date_end: day("2024-05-07"),
        low: Some(1.0),
        high: Some(7.0),
        ..Quantity::default()
    };
    with(Label::Date, 2, dates);
    let mut page = Page {
        out: Vec::new(),
        paint: Paint { on: false },
    };
    page.document(&tagged).unwrap();
    let shown = String::from_utf8(page.out).unwrap();
    let line = shown.lines().find(|line| line.contains("PER:")).unwrap();
    assert_eq!(
        line.trim(),
        "PER:温春树=馆长,教授 MONEY:看=1600000000000CNY DATE:桥=1..7,2024-05-01..2024-05-07"
    );
}

#[test]
fn an_interview_shows_its_articles_speakers_and_origin() {
    let mut second = tagged("温春树：看 桥");
    let document = &mut second.segmented.document;
    document.article = 1;
    document.title = None;
    document.meta = Some(r#"{"byline":"沈知远","dateline":"本报讯","page":1}"#.into());
    document.sentences[0].kind = SentenceKind::Speech;
    document.sentences[0].speaker = Some("温春树".into());
    let space = edit(EditRule::HardWrap, [" ", ""], 1.0, 1);
    let other = edit(EditRule::HardWrap, ["乔", "桥"], 1.0, 5);
    let split = edit(EditRule::Split, ["", ""], 0.9, 0);
    document.edits = vec![split, space, other];
    let mut page = Page {
        out: Vec::new(),
        paint: Paint { on: false },
    };
    let both = [tagged("温春树 看 桥"), second];
    page.contents(&both).unwrap();
    page.document(&both[1]).unwrap();
    expect![[r#"
        2 articles
                 0  新桥
                 1  without a title

        news/a.txt#0 article 1
            byline  沈知远
          dateline  本报讯
           read as  text/plain, utf-8, Hans
              size  6 characters, 1 paragraph, 1 sentence
           quality  language und, 1.00 of the characters are Han, 0.00 of the text is boilerplate
            damage  1 break repaired, 0 suspects (0.00 for every thousand characters)
           minhash  3c15f6e80b0822df48ba93780d3de5e5, too short for copies that are nearly the same
             bytes  0..18 of the record
              edit  article/split here, 0.90 sure
              edit  layout/hard-wrap at character 1: " " became ""
              edit  layout/hard-wrap at character 5: "乔" became "桥"
             marks  ␣ a space taken out, ✎ another change

        paragraph 0
           0 speech      [温春树] 温␣春树：看✎桥
                          温春树：看/n 桥/n
                          PER:温春树：看

    "#]]
    .assert_eq(&String::from_utf8(page.out).unwrap());
}

#[test]
fn names_are_coloured_inside_their_sentence() {
    let name = "\u{1b}[1;35m温春\u{1b}[0m\u{1b}[31m⏎\u{1b}[0m\u{1b}[1;35m树\u{1b}[0m看桥\n";
    assert!(shown(true).contains(name));
}
