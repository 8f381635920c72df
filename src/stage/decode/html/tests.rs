//! Pages: what is their text, and that no page can hurt.

use std::time::{Duration, Instant};

use super::super::decode_slice;
use super::super::tests::{check_laws, check_told, read};
use super::main_text;
use crate::record::{MediaType, SentenceKind};

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=gbk><title>林河镇图书馆重新开放 - 林河新闻</title>\
<meta property='article:published_time' content='2031-05-04T08:00:00+08:00'>\
<script>var a = '<p>不是正文</p>';</script></head><body><nav><a href=/>首页</a><a href=/n>新闻</a></nav>\
<div class=article><h1>林河镇图书馆重新开放</h1>\
<p>林河镇图书馆经过一年修缮，今天重新向市民&nbsp;开放。新馆有三层，\n藏书十万册，设有儿童阅览室和自习室，开放时间是每天上午九点到晚上九点。</p>\
<p>镇长吴江说：&ldquo;欢迎<b>大家</b>来看书！&rdquo;当天有三百多名市民入馆，其中有不少是附近学校的学生，他们说这里的书又多又新。<!-- 完 --></p>\
<p>据了解，图书馆今后每个周末都会举办读书会，市民可以免费参加，报名电话可以在馆内查询，也可以在网上查到。</p></div>\
<div class=footer>版权所有</div></body></html>";

#[test]
fn the_main_text_leads_back_to_the_page_in_any_charset() {
    for encoding in [encoding_rs::GBK, encoding_rs::UTF_8] {
        let (bytes, _, _) = encoding.encode(PAGE);
        let document = read(&bytes, MediaType::Html).unwrap();
        check_laws(&document, &bytes);
        check_told(&document, &bytes);
        let lines: Vec<&str> = document.text.lines().collect();
        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert_eq!(document.title.as_deref(), Some("林河镇图书馆重新开放"));
        assert_eq!(lines[0], "林河镇图书馆重新开放");
        assert_eq!(document.sentences[0].kind, SentenceKind::Title);
        assert!(lines[1].contains("市民 开放。新馆有三层，藏书十万册"));
        assert!(lines[2].starts_with("镇长吴江说：“欢迎大家来看书！”当天"));
        assert_eq!(
            document.published.map(|day| day.to_string()).as_deref(),
            Some("2031-05-04")
        );
        let told: Vec<_> = document
            .edits
            .iter()
            .map(|edit| (edit.rule.name(), edit.before(), edit.char_start.get()))
            .collect();
        let end = document.text.chars().count();
        assert_eq!(
            told,
            [("main-text", "首页新闻", 0), ("main-text", "版权所有", end)]
        );
        for edit in &document.edits {
            let slice = &bytes[edit.byte_start.get()..edit.byte_end.get()];
            let again = decode_slice(slice, document.encoding, "text/html");
            assert_eq!(again, edit.before());
        }
    }
}

#[test]
fn blocks_left_out_between_paragraphs_are_told_where_they_would_stand() {
    let article = "<p>图书馆经过一年修缮，今天重新向市民开放。新馆有三层，藏书十万册，设有儿童阅览室和自习室，开放时间到晚上九点。</p>";
    let html = format!(
        "<div class=article><h1>林河镇图书馆</h1>{article}<aside><p>广告<p>推荐</aside>{article}{article}</div><footer>{}</footer>",
        "版权所有。".repeat(1000)
    );
    let document = read(html.as_bytes(), MediaType::Html).unwrap();
    check_laws(&document, html.as_bytes());
    let mut visible = document.text.clone();
    for edit in document.edits.iter().rev() {
        assert!(edit.before().len() <= 4096 && edit.after().is_empty());
        let at = visible.char_indices().nth(edit.char_start.get());
        let at = at.map_or(visible.len(), |(at, _)| at);
        visible.insert_str(at, &format!("\n{}", edit.before()));
    }
    assert!(visible.contains("九点。\n广告\n推荐\n图书馆"), "{visible}");
    assert!(visible.contains("九点。\n版权所有。版权"), "{visible}");
    let told: Vec<_> = document
        .edits
        .iter()
        .map(|edit| edit.before().chars().take(5).collect::<String>())
        .collect();
    assert_eq!(told, ["广告\n推荐", "版权所有。"]);
}

#[test]
fn a_page_that_is_kept_whole_has_no_edit() {
    let html = "<p>河水涨了。</p><p>桥还在。</p>";
    let document = read(html.as_bytes(), MediaType::Html).unwrap();
    assert_eq!(document.edits, []);
}

#[test]
fn a_page_without_an_article_is_all_its_visible_text() {
    let main = main_text("<ul><li>一<li>二</ul>三<br>四<style>x</style>");
    assert_eq!(main.text, "一\n二\n三\n四");
}

#[test]
fn references_are_read_as_browsers_read_them() {
    let main = main_text("<p>a&ltb &notit; &#x4e2d;&#25991 &bogus; & &&amp;</p>");
    assert_eq!(main.text, "a<b ¬it; 中文 &bogus; & &&");
}

#[test]
fn an_end_tag_without_a_name_is_no_text() {
    let html = "<p>河水</>涨了</></>，A&am</>p;B&lt;/></p>";
    let document = read(html.as_bytes(), MediaType::Html).unwrap();
    check_laws(&document, html.as_bytes());
    assert_eq!(document.text, "河水涨了，A&amp;B</>");
}

#[test]
fn hostile_pages_are_read_in_time() {
    let pages = [
        "<div>".repeat(10_000) + "深",
        "<b><p>".repeat(20_000) + "深",
        "<".repeat(200_000) + "深",
        "&a".repeat(200_000) + "深&amp;",
        "<p>广告</p>".repeat(3_000),
        "<table><tr><td>".repeat(5_000) + "深",
        format!("<p {}>深</p>", "a=b ".repeat(20_000)),
    ];
    for page in pages {
        let start = Instant::now();
        let document = read(page.as_bytes(), MediaType::Html).unwrap();
        assert!(!document.text.is_empty());
        let head: String = page.chars().take(20).collect();
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{head}: {:?}",
            start.elapsed()
        );
    }
}

const STORY: &str =
    "桥修好的那天，渡口没有人，只有老周坐在船头。他说水还是那样的水，路却不是那样的路了。";

fn menu(items: usize) -> String {
    let item = |at: usize| format!("<li><a href=/{at}>栏目{at}和它的说明</a>");
    let items: Vec<String> = (0..items).map(item).collect();
    format!("<ul>{}</ul>", items.concat())
}

#[test]
fn a_tiny_main_text_is_not_replaced_by_the_menus_around_it() {
    let page = format!(
        "{}<div><p>河水涨了，桥还在。</p></div>{}",
        menu(60),
        menu(60)
    );
    assert_eq!(main_text(&page).text, "河水涨了，桥还在。");
}

#[test]
fn a_page_of_links_alone_keeps_them() {
    let main = main_text(&menu(3));
    assert_eq!(main.text.lines().count(), 3);
}

#[test]
fn lines_of_a_poem_and_cells_of_a_table_are_kept_without_the_menu() {
    let poem = "<div>河上有桥<br>桥上有人<br>人在看水<br>水不看人</div>";
    let main = main_text(&format!("{}{poem}", menu(20)));
    assert_eq!(main.text, "河上有桥\n桥上有人\n人在看水\n水不看人");
    let table = "<table><tr><td>年份<td>水位<tr><td>2031<td>3.5米</table>";
    let main = main_text(&format!("{}{table}", menu(20)));
    assert_eq!(main.text, "年份\n水位\n2031\n3.5米");
}

#[test]
fn an_article_in_several_boxes_is_whole_and_comments_are_not_of_it() {
    let page = format!(
        "<div id=content><div class=part><p>{STORY}</p></div><img src=a><div class=part><p>{STORY}</p><p>{STORY}</p></div></div>\
         <div class=comments><p>写得真好，我也去过那里。</p><p>同意，水很清，人很好。</p></div>"
    );
    assert_eq!(main_text(&page).text, [STORY; 3].join("\n"));
}

#[test]
fn text_that_is_broken_by_line_breaks_alone_is_found() {
    let page = format!(
        "{}<td>{STORY}<br><br>{STORY}<br>（完）</td>{}",
        menu(9),
        menu(9)
    );
    assert_eq!(main_text(&page).text, format!("{STORY}\n{STORY}\n（完）"));
}

#[test]
fn a_summary_in_another_box_and_what_is_not_shown_are_left_out_and_told() {
    let page = format!(
        "<div class=top><div><div><h3>简介</h3><div>老周的渡口没有人了，桥修好了。</div></div></div></div>\
         <div style='display: none'><p>{STORY}</p></div>\
         <div><div><div><div><p>{STORY}</p><p>{STORY}</p></div><span>编辑：周大水</span></div></div></div>"
    );
    let main = main_text(&page);
    assert_eq!(main.text, [STORY; 2].join("\n"));
    let told: Vec<&str> = main
        .left_out
        .iter()
        .map(|left| left.text.as_str())
        .collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("简介\n老周的渡口"));
    assert_eq!(told[1], "编辑：周大水");
}

#[test]
fn the_day_of_publication_is_read_wherever_the_page_says_it() {
    let article = format!("<div><p>{STORY}</p><p>去年的2030年1月2日很冷，今年不冷。</p></div>");
    let pages = [
        format!("<meta name=publishdate content='2031-05-04 08:00:00'>{article}"),
        format!("<script>{{\"datePublished\": \"2031-05-04T08:00\"}}</script>{article}"),
        format!("<time datetime=2031-05-04>昨天</time>{article}"),
        format!("<span>来源：林河报 2031年5月4日 08:00</span>{article}"),
        format!("<p>2031/05/04 08:00</p><p>作者 周</p>{article}"),
    ];
    for page in pages {
        let day = main_text(&page).published.map(|day| day.to_string());
        assert_eq!(day.as_deref(), Some("2031-05-04"), "{page}");
    }
    assert_eq!(main_text(&article).published, None);
}

#[test]
fn a_title_is_cut_from_the_name_of_the_site() {
    for mark in ["_", " - ", "|"] {
        let page =
            format!("<title>渡口的老周{mark}林河新闻网</title><h2>渡口的老周</h2><p>{STORY}</p>");
        let main = main_text(&page);
        assert_eq!(main.title.as_deref(), Some("渡口的老周"));
        assert_eq!(main.text, format!("渡口的老周\n{STORY}"));
    }
    let page = format!(
        "<title>渡口的老周</title><div><div>渡口的老周</div><div><p>{STORY}</p></div></div>"
    );
    let main = main_text(&page);
    assert_eq!(
        (main.title.as_deref(), main.text.as_str()),
        (Some("渡口的老周"), STORY)
    );
}

#[test]
fn a_page_of_headings_with_an_endless_title_is_read_in_time() {
    let title = "很长的标题".repeat(100_000);
    let page = format!(
        "<title>{title}</title>{}",
        "<h1>长的标题在这里</h1>".repeat(50_000)
    );
    let start = Instant::now();
    assert!(!main_text(&page).text.is_empty());
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
}
