//! Figures and limits through the hop.

use super::{Articles, Decode, DecodeOptions, QualityOptions};
use crate::record::{
    Body, Document, Fields, Language, MediaType, Place, Record, Reject, RejectCode,
};
use crate::stage::{Map, Output};

const TWO: &str = "临江修桥\n本报讯 （记者 沈知远）临江县昨日开工修建新桥，三百名工人到场，工期两年。县里的老人说，渡船从此可以歇一歇了。\n\n\
    山村通车\n本报讯 （记者 顾小荷）石门村昨日通车，全村人都来看。\n";

fn decode(text: &str, quality: QualityOptions) -> (Vec<Document>, Vec<Reject>) {
    let options = DecodeOptions {
        articles: Articles::Auto,
        quality,
        ..DecodeOptions::default()
    };
    let record = Record {
        place: Place::new("page.txt", 0),
        media_type: MediaType::Plain,
        body: Body::Text(text.into()),
        charset: None,
        fields: Fields::default(),
    };
    let mut out = Output::default();
    let decode = Decode::new(&options).unwrap();
    decode.map(record, &mut decode.scratch(), &mut out);
    (out.items, out.rejects)
}

fn language(text: &str) -> Language {
    let (documents, _) = decode(text, QualityOptions::default());
    documents[0].quality.language
}

#[test]
fn scripts_tell_the_language() {
    for (text, expected) in [
        ("河水涨了，村里的人都去看。", Language::Chinese),
        ("河水漲了，村裡的人都去看。", Language::Chinese),
        (
            "川の水が増えて、村の人はみな見に行った。",
            Language::Japanese,
        ),
        (
            "강물이 불어서 마을 사람들이 모두 보러 갔다.",
            Language::Korean,
        ),
        ("The river rose, and all went to look.", Language::Other),
        (
            "Model AX-200 驱动程序 version 2.0.1 安装说明 driver setup",
            Language::Chinese,
        ),
        ("2025 / 3 / 1", Language::Other),
    ] {
        assert_eq!(language(text), expected, "{text}");
    }
}

#[test]
fn a_document_beyond_a_limit_is_a_reject_that_names_figure_and_limit() {
    let limits = QualityOptions {
        min_han_ratio: 0.5,
        ..QualityOptions::default()
    };
    let (documents, rejects) = decode("The river rose. 河水涨了。", limits);
    assert_eq!(documents.len(), 0);
    assert_eq!(rejects[0].code, RejectCode::Quality);
    assert_eq!(
        rejects[0].message,
        "han_ratio is 0.222, below `decode.quality.min-han-ratio` = 0.5"
    );
    let limits = QualityOptions {
        languages: vec![Language::Chinese],
        ..QualityOptions::default()
    };
    let (documents, rejects) = decode("The river rose.", limits);
    assert_eq!((documents.len(), rejects.len()), (0, 1));
    assert!(rejects[0].message.starts_with("language is und"));
}

#[test]
fn an_article_is_dropped_by_itself_and_keeps_its_number_and_bytes() {
    let (all, none) = decode(TWO, QualityOptions::default());
    assert_eq!((all.len(), none.len()), (2, 0));
    let limits = QualityOptions {
        min_chars: all[0].chars.max(all[1].chars),
        ..QualityOptions::default()
    };
    let (left, dropped) = decode(TWO, limits);
    assert_eq!((left.len(), dropped.len()), (1, 1));
    assert_eq!(left[0].id, all[0].id);
    let extent = all[1].source_extent();
    assert_eq!(
        dropped[0].bytes,
        Some(extent.start.get() as u64..extent.end.get() as u64)
    );
}
