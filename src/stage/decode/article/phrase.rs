//! How offices and papers mark their texts: page jumps, numbers of documents, whom they are for.

/// Characters of a line that goes on elsewhere, or of what calls somebody, at most.
const TAIL: usize = 16;
/// Characters of a list of addressees at most.
const NOTICE: usize = 300;
/// Characters of the number of a document at most.
const NUMBER: usize = 40;
/// Characters of a line in brackets at most.
const BRACKETS: usize = 60;
/// How a speech or a letter begins.
const CALLED: [&str; 12] = [
    "各位",
    "同志们",
    "女士们",
    "先生们",
    "朋友们",
    "同学们",
    "尊敬的",
    "亲爱的",
    "敬爱的",
    "各位代表",
    "親愛的",
    "同志們",
];

/// How the addressees of a notice begin.
const ADDRESSED: [&str; 8] = [
    "各",
    "致",
    "全体",
    "全體",
    "全市各",
    "全县各",
    "市政府各",
    "省政府各",
];

/// Whether a text goes on elsewhere: （下转03版）
pub(super) fn jumps(line: &str) -> bool {
    let start = line.char_indices().rev().take(TAIL).last();
    let tail = start.and_then(|(at, _)| line.get(at..)).unwrap_or_default();
    tail.contains(['版', '页', '頁'])
        && ["下转", "下轉", "紧接第", "緊接第"]
            .iter()
            .any(|word| tail.contains(word))
}

/// Whether a text goes on here: （上接01版）
pub(super) fn resumes(line: &str) -> bool {
    let bare = line.trim_start_matches(['（', '(', '▲', '■', '[', '【']);
    bare.starts_with("上接") && line.chars().take(TAIL).any(|char| "版页頁".contains(char))
}

/// Whether the line is the number of an official document: 临政办发〔2024〕17号
pub(super) fn is_number(line: &str) -> bool {
    if !is_within(line, NUMBER) || !line.ends_with(['号', '號']) {
        return false;
    }
    let Some(open) = line.find(['〔', '[', '［', '（', '(', '【']) else {
        return false;
    };
    let rest = line.get(open..).unwrap_or_default();
    let mut inner = rest.chars().skip(1);
    let year = inner.by_ref().take(4).all(|char| char.is_ascii_digit());
    year && inner.next().is_some_and(|char| "〕]］）)】".contains(char))
        && inner.any(|char| char.is_ascii_digit())
}

/// Whether the whole line is in brackets: (送审稿)
pub(super) fn is_bracketed(line: &str) -> bool {
    line.starts_with(['（', '(', '〔', '['])
        && line.ends_with(['）', ')', '〕', ']'])
        && is_within(line, BRACKETS)
}

/// Whether the line says whom a letter, a notice or a speech is for: 各区县人民政府：, 同志们！
pub(super) fn is_address(line: &str) -> bool {
    if !line.starts_with([
        '各', '同', '女', '先', '朋', '尊', '亲', '敬', '親', '致', '全', '市', '省',
    ]) {
        return false;
    }
    let line = line.trim_end_matches(['\u{200B}', '\u{200C}', '\u{200D}', '\u{FEFF}']);
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let colon = line.ends_with(['：', ':']);
    let called = line.ends_with(['！', '!', '，', ',']) && is_within(line, TAIL);
    is_within(line, NOTICE)
        && !is_sentence(line)
        && (starts(&CALLED) && (colon || called) || starts(&ADDRESSED) && colon)
}

/// Whether the line ends or holds sentences.
pub(super) fn is_sentence(line: &str) -> bool {
    line.contains(['。', '；'])
}

/// Whether the text has at most so many characters; what is behind them is not looked at.
pub(super) fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most || text.len() <= most * 4 && text.chars().count() <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_on_elsewhere() {
        assert!(jumps("方见山主持会议。 （下转03版）") && jumps("（下轉A3版）"));
        assert!(!jumps("他下转弯处等车。"));
        assert!(resumes("（上接第1版）大桥") && !resumes("上接天，下接地"));
    }

    #[test]
    fn offices_number_their_documents() {
        assert!(is_number("临政办发〔2024〕17号") && is_number("临教字[2023]第5号"));
        assert!(!is_number("大桥2024年17号") && !is_number("根据临政办发〔2024〕17号，大桥通车。"));
        assert!(is_address("各区县人民政府，市政府各部门：") && !is_address("他说："));
    }
}
