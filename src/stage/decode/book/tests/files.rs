//! Makers of small files of each kind.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip of these parts.
pub(super) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style></w:styles>"#;

/// A DOCX file with this body.
pub(super) fn docx(body: &str) -> Vec<u8> {
    let main = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#
    );
    let notes = r#"<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>注：水位以镇口水尺为准。</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", notes),
        ("word/document.xml", &main),
    ])
}

/// The body of a notice, with all that is read and all that is not.
pub(super) const NOTICE: &str = concat!(
    r#"<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr><w:r><w:t>关于疏浚林河的通知</w:t></w:r></w:p>"#,
    r#"<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>一、时间</w:t></w:r></w:p>"#,
    r#"<w:p><w:r><w:t>林河镇将于</w:t></w:r><w:r><w:t xml:space="preserve">5月 </w:t></w:r><w:del><w:r><w:delText>六月</w:delText></w:r></w:del>"#,
    r#"<w:r><w:t>开工，A&amp;B段&#x5148;行。</w:t><w:br/><w:t>工期三个月。</w:t></w:r></w:p>"#,
    r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>备好沙袋</w:t><w:tab/><w:t>三百个</w:t></w:r></w:p>"#,
    r#"<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>河道图</w:t></mc:Choice><mc:Fallback><w:t>河道图</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
    r#"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>段</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>长度</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
);

/// An EPUB file of two chapters, one with a name that must be unescaped.
pub(super) fn epub(encryption: Option<&str>) -> Vec<u8> {
    let container = r#"<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"#;
    let package = r#"<package xmlns:dc="dc"><metadata><dc:title>河上的人</dc:title><dc:date>2031-05-04</dc:date></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="./text/../text/one.xhtml#top" media-type="application/xhtml+xml"/>
<item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="gone"/><itemref idref="two"/></spine></package>"#;
    let one = r#"<html><head><title/><script src="a.js"/></head><body><h1>第一章</h1><p>老周在渡口撑了三十年船。</p><p>他&#8220;不说话&#8221;。</p></body></html>"#;
    let two = "<html><body><h2>第二章</h2><p>桥修好的那天，渡口没有人。</p></body></html>";
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/content.opf", package),
        ("OEBPS/nav.xhtml", "<html><body>目录</body></html>"),
        ("OEBPS/text/one.xhtml", one),
        ("OEBPS/text/二.xhtml", two),
    ];
    parts.extend(encryption.map(|text| ("META-INF/encryption.xml", text)));
    zip(&parts)
}

/// A PDF file of these objects, numbered from 1; the first is the catalogue. `trailer` goes into the trailer.
pub(super) fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = String::from("%PDF-1.5\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(
        file,
        "trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file.into_bytes()
}

pub(super) fn stream(dict: &str, data: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{data}\nendstream", data.len())
}

/// The objects of a file with one page for each content, and one font.
pub(super) fn objects(
    contents: &[String],
    encoding: &str,
    to_unicode: Option<&str>,
) -> Vec<String> {
    let font = 3 + contents.len() * 2;
    let kids: Vec<String> = (0..contents.len())
        .map(|at| format!("{} 0 R", 3 + at * 2))
        .collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            kids.len(),
            kids.join(" ")
        ),
    ];
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 {font} 0 R>>>>>>",
            4 + at * 2
        ));
        objects.push(stream("", content));
    }
    let table = to_unicode.map_or(String::new(), |_| format!("/ToUnicode {} 0 R", font + 2));
    objects.push(format!(
        "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{encoding}/DescendantFonts[{} 0 R]{table}>>",
        font + 1
    ));
    let ordering = if encoding.starts_with("Identity") {
        "Identity"
    } else {
        "GB1"
    };
    objects.push(format!(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>/DW 1000>>"
    ));
    objects.extend(to_unicode.map(|table| stream("", table)));
    objects
}

/// Instructions that show these lines, the first of each paragraph set in, each line's codes made by `code`.
pub(super) fn content(lines: &[(f64, &str)], code: impl Fn(char) -> u32) -> String {
    let mut content = String::from("BT /F1 10 Tf 0 0 Td\n");
    for (at, (x, line)) in lines.iter().enumerate() {
        let codes: Vec<String> = line
            .chars()
            .map(|char| format!("{:04X}", code(char)))
            .collect();
        let codes = codes.concat();
        let y = 800 - at * 15;
        writeln!(content, "1 0 0 1 {x} {y} Tm <{codes}> Tj").unwrap();
    }
    content + "ET"
}

/// Numbers for the characters of `text` from 1, and the table that leads back.
pub(super) fn numbered(text: &str) -> (Vec<char>, String) {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars.dedup();
    let pairs: Vec<String> = chars
        .iter()
        .enumerate()
        .map(|(at, char)| format!("<{:04X}> <{:04X}>\n", at + 1, u32::from(*char)))
        .collect();
    let pairs = pairs.concat();
    let table = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
         {} beginbfchar\n{pairs}endbfchar endcmap end end",
        chars.len()
    );
    (chars, table)
}

/// Lines of a page as a machine breaks them, 24 characters each, the first of a paragraph set in.
pub(super) const PAGE: [(f64, &str); 6] = [
    (70.0, "林河镇的老船工周大水今年七十三岁，他在渡口撑"),
    (50.0, "船撑了整整三十年。去年秋天新桥通车以后，渡口就再"),
    (50.0, "也没有人来，他把船拖上岸，每天早晨仍然到河边坐一"),
    (50.0, "会儿，看看水位，和路过的人说几句话。"),
    (70.0, "镇里打算把渡口修成一座小公园，请他讲一讲过去"),
    (50.0, "的事情。周大水说：“我讲不好，但是我记得。”"),
];

/// A PDF with that page twice.
pub(super) fn newspaper() -> Vec<u8> {
    let all: String = PAGE.iter().map(|(_, line)| *line).collect();
    let (chars, table) = numbered(&all);
    let code = |char: char| {
        let at = chars.iter().position(|known| *known == char).unwrap();
        u32::try_from(at).unwrap() + 1
    };
    let page = content(&PAGE, code);
    pdf(
        &objects(&[page.clone(), page], "Identity-H", Some(&table)),
        "",
    )
}
