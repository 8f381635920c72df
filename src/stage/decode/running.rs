//! Whether lines are running text that was broken in mid-sentence, or things that stand on a line each.
//!
//! Lines of one width prove nothing: titles of notices, entries of a table of contents, names in columns and lines of verse are
//! of one width, too. What tells them apart are marks. A sentence goes on over its commas and ends where it ends, so that
//! running text has marks inside its lines, here and there, a full stop somewhere, and few of its lines end with one. Only text
//! with that evidence is put together; where it is missing the lines stay as they are, since a list that was glued can't be
//! told apart again.

use rustc_hash::FxHashMap;

/// Characters that stand for one mark at most: running text has one every eight or so.
const CHARS_PER_MARK: usize = 60;
/// Lines that begin alike before that means anything.
const ALIKE: usize = 3;

/// Whether a block of lines, each without white space around it, is running text. `followed` are those of them that do not end a
/// paragraph.
pub(super) fn is_running(block: &[&str], followed: &[&str]) -> bool {
    let complete = followed.iter().filter(|line| is_complete(line)).count();
    let marks: usize = block.iter().map(|line| inner_marks(line)).sum();
    let chars: usize = block.iter().map(|line| line.chars().count()).sum();
    complete * 2 <= followed.len()
        && marks > 0
        && block.iter().any(|line| line.contains(['。', '！', '？']))
        && marks * CHARS_PER_MARK >= chars
        && !begin_alike(block)
        && !pause_alike(block)
}

/// Whether the line says all that it says: it ends with a mark or a title.
fn is_complete(line: &str) -> bool {
    line.ends_with(['。', '，', '；', '！', '？', '》', '…'])
}

fn is_mark(char: char) -> bool {
    matches!(char, '，' | '。' | '！' | '？')
}

/// Marks of a sentence before the line's end.
fn inner_marks(line: &str) -> usize {
    let mut inner = line.chars();
    inner.next_back();
    inner.filter(|char| is_mark(*char)).count()
}

/// Whether most lines begin with the same character, as `关于…`, `第…条` and numbered items do.
fn begin_alike(lines: &[&str]) -> bool {
    let mut counts: FxHashMap<char, usize> = FxHashMap::default();
    for first in lines.iter().filter_map(|line| line.chars().next()) {
        let numeral = first.is_numeric() || "一二三四五六七八九十".contains(first);
        *counts.entry(if numeral { '0' } else { first }).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or_default();
    most >= ALIKE && most * 2 > lines.len()
}

/// Whether all lines have their first mark at the same place, as the halves of a verse do.
fn pause_alike(lines: &[&str]) -> bool {
    let mut pauses = lines.iter().map(|line| line.chars().position(is_mark));
    let first = pauses.next().flatten();
    first.is_some() && lines.len() >= ALIKE && pauses.all(|pause| pause == first)
}

#[cfg(test)]
mod tests {
    use super::super::layout::repair;

    fn breaks(text: &str) -> usize {
        repair(text).map_or(0, |repaired| repaired.breaks.len())
    }

    #[test]
    fn columns_of_a_newspaper_are_running_text() {
        for page in [
            include_str!("../../../samples/newspaper/临澜日报-0312-头版.txt"),
            include_str!("../../../samples/newspaper/临澜日报-0312-二版.txt"),
        ] {
            let paragraphs = page.lines().filter(|line| line.starts_with('\u{3000}'));
            let paragraphs = paragraphs.count();
            let repaired = repair(page).expect("all its lines are broken");
            assert!(repaired.breaks.len() > 15, "{}", repaired.breaks.len());
            let kept = repaired.text.lines();
            let kept = kept.filter(|line| line.starts_with('\u{3000}')).count();
            assert_eq!(kept, paragraphs);
        }
    }

    #[test]
    fn titles_of_notices_stay_on_their_lines() {
        for text in [
            "关于加强城市管理工作的通知\n关于做好防汛工作的有关通知\n关于开展春季植树活动的通知\n关于修缮镇内老旧桥梁的通知",
            "关于加强管理，美化城市的通知\n关于做好准备，迎接汛期的通知\n关于春季植树，绿化河岸的通知\n关于修缮桥梁，保证安全的通知",
            "林河镇加强城市管理工作方案\n老城区防汛工作的有关规定吧\n春季植树活动的安排以及要求\n镇内老旧桥梁修缮工程的公告",
            "古桥修缮，先问石匠的意见\n青汀港三号码头，昨日开港\n渔民拾得漂流瓶，主人已找到\n图书馆重新开放，市民点赞",
            "《林河镇城市管理工作方案》\n《老城区防汛工作有关规定》\n《春季植树，活动安排要求》\n《镇内老旧桥梁修缮的公告》",
        ] {
            assert_eq!(breaks(text), 0, "{text}");
        }
    }

    #[test]
    fn tables_of_contents_and_articles_of_a_law_stay_on_their_lines() {
        for text in [
            "河边的老图书馆的历史………1\n城里新学校的建设过程………5\n山上小树林的看护办法………9\n后来的人们怎样看这些………12",
            "第一条　为了加强河道的管理\n第二条　本办法适用于林河镇\n第三条　河道由镇里负责管理\n第四条　违反的，由镇里处罚",
            "一、河道管理的目的，和意义\n二、河道管理的范围，和方法\n三、河道管理的机构，和人员\n四、河道管理的处罚，和奖励",
            "1. 河道管理的目的，和意义吧\n2. 河道管理的范围以及方法吧\n3. 河道管理的机构以及人员吧",
        ] {
            assert_eq!(breaks(text), 0, "{text}");
        }
    }

    #[test]
    fn names_and_verse_stay_on_their_lines() {
        for text in [
            "沈知远　秦若溪　陆怀舟　方见山\n韩伯庸　廖阿海　宋小满　顾明棠\n林秋水　吴小河　周大桥　郑远航",
            "沈知远、秦若溪、陆怀舟、方见山\n韩伯庸、廖阿海、宋小满、顾明棠\n林秋水、吴小河、周大桥、郑远航",
            "河水流过了我们的村庄向东方\n青山在雨后的早晨慢慢地醒来\n远去的人啊你何时才能够归来\n明月照着高楼也照着我的窗台",
            "河水向东流去，青山两岸留\n故人今在何处，明月照高楼\n春风吹过小桥，柳絮满城头\n一叶扁舟归来，灯火近黄昏",
        ] {
            assert_eq!(breaks(text), 0, "{text}");
        }
    }

    #[test]
    fn code_and_tables_of_markdown_stay_on_their_lines() {
        for text in [
            "let a = \"河水，涨了。\";\nlet b = \"桥还在，吗？\";\nlet c = \"谁去看，看？\";",
            "| 河边的老图书馆，修好 | 一 |\n| 城里的新学校，建成了 | 二 |\n| 山上的小树林，看护好 | 三 |",
        ] {
            assert_eq!(breaks(text), 0, "{text}");
        }
    }
}
