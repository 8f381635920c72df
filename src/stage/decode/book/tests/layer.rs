//! The text layer of PDF files, by all the ways from codes to characters.

use super::files::{PAGE, content, newspaper, objects, pdf, stream};
use super::reading::{code, sound};
use crate::record::{MediaType, RejectCode};
use crate::stage::decode::extracted_text;
use crate::stage::decode::tests::read;

#[test]
fn a_pdf_with_numbered_glyphs_is_read_and_its_broken_lines_are_joined() {
    let bytes = newspaper();
    let text = extracted_text(MediaType::Pdf, &bytes).unwrap();
    let page: Vec<String> = PAGE
        .iter()
        .map(|(x, line)| {
            if *x > 60.0 {
                format!("\u{3000}\u{3000}{line}")
            } else {
                (*line).to_owned()
            }
        })
        .collect();
    let page = page.join("\n");
    assert_eq!(text, format!("{page}\n\n{page}"));
    let document = sound(&bytes, MediaType::Pdf);
    assert!(
        document.text.contains("他在渡口撑船撑了整整三十年"),
        "{}",
        document.text
    );
    assert!(document.text.contains("渡口就再也没有人来"));
}

#[test]
fn predefined_encodings_of_chinese_fonts_need_no_table() {
    let unicode = content(&PAGE, u32::from);
    let gbk = content(&PAGE, |char| {
        let text = char.to_string();
        let (bytes, _, _) = encoding_rs::GBK.encode(&text);
        bytes
            .iter()
            .fold(0, |code, byte| code << 8 | u32::from(*byte))
    });
    for (encoding, content) in [
        ("UniGB-UCS2-H", &unicode),
        ("UniGB-UTF16-H", &unicode),
        ("GBK-EUC-H", &gbk),
    ] {
        let bytes = pdf(&objects(std::slice::from_ref(content), encoding, None), "");
        let document = sound(&bytes, MediaType::Pdf);
        assert!(
            document
                .text
                .contains("船工周大水今年七十三岁，他在渡口撑船"),
            "{encoding}: {}",
            document.text
        );
    }
}

#[test]
fn a_pdf_without_text_that_can_be_read_says_so() {
    let image = objects(
        &["q 100 0 0 100 0 0 cm /Im1 Do Q".to_owned()],
        "UniGB-UCS2-H",
        None,
    );
    assert_eq!(code(&pdf(&image, ""), MediaType::Pdf), RejectCode::NoText);
    let hidden = objects(&[content(&PAGE, u32::from)], "Identity-H", None);
    let reject = read(&pdf(&hidden, ""), MediaType::Pdf).unwrap_err();
    assert_eq!(reject.code, RejectCode::NoText);
    assert!(
        reject.message.contains("no table explains"),
        "{}",
        reject.message
    );
}

#[test]
fn an_encrypted_pdf_is_a_reject_of_its_own_code() {
    let page = objects(&[content(&PAGE, u32::from)], "UniGB-UCS2-H", None);
    let key = "00".repeat(32);
    let trailer = format!(
        "/ID[<{0}><{0}>]/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{key}>/U<{key}>>>",
        "11".repeat(16)
    );
    assert_eq!(
        code(&pdf(&page, &trailer), MediaType::Pdf),
        RejectCode::Encrypted
    );
}

#[test]
fn what_is_no_pdf_is_damaged_and_a_form_that_shows_itself_ends() {
    assert_eq!(code("河水".as_bytes(), MediaType::Pdf), RejectCode::Damaged);
    let mut page = objects(&["/X Do".to_owned()], "UniGB-UCS2-H", None);
    page[2] = page[2].replace("/Font", "/XObject<</X 7 0 R>>/Font");
    page.push(stream(
        "/Subtype/Form",
        &format!("{} /X Do /X Do", content(&PAGE[..1], u32::from)),
    ));
    let document = read(&pdf(&page, ""), MediaType::Pdf).unwrap();
    assert!(document.text.contains("周大水"));
}
