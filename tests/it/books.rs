//! DOCX, EPUB and PDF files from outside: rows that lead back to the text as it is extracted, and refusals with their reasons.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use cihe::table::TableId;

use crate::tables::count;
use crate::util::{LIMIT, cihe, cihe_run, exit, folder, outcome, write};

const LINE: &str = "林河镇的渡口上，周大水撑了三十年船。";

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("memory takes all");
        writer.write_all(text.as_bytes()).expect("memory takes all");
    }
    writer.finish().expect("memory takes all").into_inner()
}

fn docx() -> Vec<u8> {
    let text = format!("<w:document xmlns:w='w'><w:p><w:t>{LINE}</w:t></w:p></w:document>");
    zipped(&[("word/document.xml", text)])
}

fn epub() -> Vec<u8> {
    let package = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>\
                   <spine><itemref idref='a'/></spine></package>";
    zipped(&[
        (
            "META-INF/container.xml",
            "<rootfile full-path='b.opf'/>".to_owned(),
        ),
        ("b.opf", package.to_owned()),
        (
            "a.xhtml",
            format!("<html><h1>渡口</h1><p>{LINE}</p></html>"),
        ),
    ])
}

/// A file with one page that shows the line, in a font whose codes are Unicode. It has no table of objects, so that the reader
/// must find them.
fn pdf() -> Vec<u8> {
    let mut codes = String::new();
    for unit in LINE.encode_utf16() {
        write!(codes, "{unit:04X}").expect("a string takes all");
    }
    let content = format!("BT /F 12 Tf 50 700 Td <{codes}> Tj ET");
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
         5 0 obj<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj\n\
         6 0 obj<</Type/Font/Subtype/CIDFontType2>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[test]
fn rows_of_books_lead_back_to_their_text_and_what_is_no_book_is_a_reject() {
    let input = folder();
    let out = folder();
    let out = out.path().join("out");
    let file = |name: &str, bytes: &[u8]| write(&input.path().join(name), bytes);
    file("a.docx", &docx());
    file("b.epub", &epub());
    file("c.pdf", &pdf());
    file("named-wrong.txt", &docx());
    file("cut.docx", &docx()[..60]);
    file("empty.pdf", b"");
    let run = outcome(&mut cihe_run(input.path(), &out), LIMIT);
    run.expect_code(exit::REJECTS).expect_no_panic();
    let verify = outcome(cihe().arg("verify").arg(&out), LIMIT);
    verify.expect_code(exit::CLEAN);
    let documents = count(&out, TableId::Documents);
    assert_eq!(documents, if cfg!(feature = "pdf") { 4 } else { 3 });
}
