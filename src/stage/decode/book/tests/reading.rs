//! What is read of sound files, and how the others are turned away.

use super::files::{NOTICE, docx, epub, newspaper, zip};
use crate::record::{Document, MediaType, RejectCode, SentenceKind};
use crate::stage::decode::extracted_text;
use crate::stage::decode::tests::{check_laws, check_told, read};

/// A document whose rows lead back to the extracted text.
pub(super) fn sound(bytes: &[u8], media_type: MediaType) -> Document {
    let document = read(bytes, media_type).unwrap();
    let text = extracted_text(media_type, bytes).unwrap();
    check_laws(&document, text.as_bytes());
    check_told(&document, text.as_bytes());
    document
}

pub(super) fn code(bytes: &[u8], media_type: MediaType) -> RejectCode {
    read(bytes, media_type).unwrap_err().code
}

#[test]
fn a_docx_gives_its_paragraphs_with_their_kinds_and_no_deleted_text() {
    let document = sound(&docx(NOTICE), MediaType::Docx);
    let lines: Vec<&str> = document.text.lines().collect();
    assert_eq!(
        lines,
        [
            "关于疏浚林河的通知",
            "一、时间",
            "林河镇将于5月 开工，A&B段先行。",
            "工期三个月。",
            "备好沙袋\t三百个",
            "河道图",
            "段",
            "长度",
            "注：水位以镇口水尺为准。"
        ]
    );
    assert_eq!(document.title.as_deref(), Some("关于疏浚林河的通知"));
    let kinds: Vec<SentenceKind> = document.sentences.iter().map(|own| own.kind).collect();
    assert_eq!(
        kinds[..3],
        [
            SentenceKind::Title,
            SentenceKind::Heading,
            SentenceKind::Body
        ]
    );
    assert_eq!(kinds[4], SentenceKind::List);
    assert_eq!(document.encoding, "utf-8");
}

#[test]
fn an_epub_gives_its_chapters_in_reading_order() {
    let document = sound(&epub(None), MediaType::Epub);
    assert_eq!(
        document.text,
        "第一章\n老周在渡口撑了三十年船。\n他“不说话”。\n\n第二章\n桥修好的那天，渡口没有人。"
    );
    assert_eq!(document.title.as_deref(), Some("河上的人"));
    assert_eq!(document.published.unwrap().to_string(), "2031-05-04");
    assert_eq!(document.sentences[0].kind, SentenceKind::Heading);
    assert_eq!(document.paragraphs, 5);
}

#[test]
fn a_book_whose_fonts_alone_are_hidden_is_read_and_a_locked_one_is_not() {
    let with = |way: &str| {
        let method = format!("<encryption><EncryptionMethod Algorithm=\"{way}\"/></encryption>");
        epub(Some(&method))
    };
    let fonts = with("http://www.idpf.org/2008/embedding");
    assert!(read(&fonts, MediaType::Epub).is_ok());
    let locked = with("http://www.w3.org/2001/04/xmlenc#aes128-cbc");
    assert_eq!(code(&locked, MediaType::Epub), RejectCode::Encrypted);
}

#[test]
fn zips_that_are_no_document_are_damaged() {
    let empty = zip(&[("readme.txt", "河水")]);
    for media_type in [MediaType::Docx, MediaType::Epub] {
        assert_eq!(code(&empty, media_type), RejectCode::Damaged);
        assert_eq!(code(b"PK\x03\x04", media_type), RejectCode::Truncated);
        assert_eq!(code("河水".as_bytes(), media_type), RejectCode::Damaged);
    }
    let blank = zip(&[("word/document.xml", "<w:document/>")]);
    assert_eq!(code(&blank, MediaType::Docx), RejectCode::NoText);
    let broken = zip(&[("word/document.xml", "<w:document><w:p><w:t>河<")]);
    assert_eq!(code(&broken, MediaType::Docx), RejectCode::Damaged);
}

#[test]
fn files_that_end_too_early_say_so() {
    let (docx, epub) = (docx(NOTICE), epub(None));
    assert_eq!(
        code(&docx[..docx.len() / 2], MediaType::Docx),
        RejectCode::Truncated
    );
    assert_eq!(
        code(&epub[..epub.len() / 2], MediaType::Epub),
        RejectCode::Truncated
    );
    #[cfg(feature = "pdf")]
    assert_eq!(
        code(&newspaper()[..200], MediaType::Pdf),
        RejectCode::Truncated
    );
}

#[test]
fn office_files_with_a_password_are_encrypted_and_old_ones_unsupported() {
    let mut ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    ole.resize(512, 0);
    assert_eq!(code(&ole, MediaType::Docx), RejectCode::Unsupported);
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(code(&ole, MediaType::Docx), RejectCode::Encrypted);
}

#[test]
fn a_file_says_what_it_is_by_its_first_bytes() {
    assert_eq!(MediaType::of_magic(&docx(NOTICE)), Some(MediaType::Docx));
    assert_eq!(MediaType::of_magic(&epub(None)), Some(MediaType::Epub));
    assert_eq!(MediaType::of_magic(&newspaper()), Some(MediaType::Pdf));
    assert_eq!(MediaType::of_magic(&zip(&[("a.txt", "河")])), None);
}
