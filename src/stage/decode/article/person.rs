//! Whether a few characters are a person's name, by the surname: for bylines and the labels of an interview, where nothing
//! else is to be expected. It is no recogniser of names in running text.

use crate::text::is_han;

/// Surnames of one character, simplified and traditional: of nearly all people.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董\
袁潘于於蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾鐘谭譚陆陸汪范範金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閆阎閻段雷侯龙龍\
史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰\
蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁骆駱路游辛管柴蒙鲍鮑华華喻祁蒲房屈饶饒解牟艾尤穆阳陽时時穆农農司\
卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師仇栾欒隋商刁沙\
荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺官封谈談匡鞠惠荆荊乐樂冀胥郁南班储儲原栗燕楚鄢劳勞谌諶奚皮粟冼蔺藺楼樓盘盤满滿\
闻聞位厉厲伊仝区區郜海阚闞花权權强強帅帅屠豆朴盖蓋练練廉禹井祖漆巴丰豐支卿国國狄平计計索宣晋晉相初门門云雲容敬来來扈晁芮都普阙闕浦\
戈伏鹿薄邸雍辜羊阿乌烏母裘亓修邰赫杭况況那宿鲜鮮印逯隆茹诺諾战戰慕危玉银銀亢嵇公哈湛宾賓戎勾茅利揭干怀懷冉任";
/// Surnames of two characters.
const COMPOUND: [&str; 14] = [
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
    "令狐", "夏侯",
];
/// Words that headings and labels are made of, and that begin with what is a surname, too.
const WORDS: [&str; 72] = [
    "简介", "簡介", "简讯", "简报", "时间", "時間", "时政", "时评", "时事", "安全", "安徽", "安排",
    "江苏", "江西", "江湖", "方法", "方案", "文化", "文艺", "文章", "文学", "金融", "经济", "关于",
    "关注", "关键", "国内", "国际", "国家", "国防", "花絮", "全文", "全国", "全球", "全市", "成果",
    "成绩", "谈话", "计划", "程序", "高考", "高校", "万象", "黄金", "白银", "章节", "任务", "支持",
    "房产", "车市", "单位", "温馨", "项目", "云南", "宁夏", "农业", "党建", "党务", "都市", "家国",
    "乐评", "于是", "明天", "雷达", "康养", "和平", "应用", "平安", "来信", "公告", "华东", "南方",
];
/// Characters of a foreign name with a dot in it.
const FOREIGN: usize = 20;

/// Whether `word` is made as a name is: a surname and one or two characters, or a foreign name with dots.
pub(super) fn is_name(word: &str) -> bool {
    if WORDS.contains(&word) {
        return false;
    }
    let mut chars = word.chars();
    let count = word.chars().take(FOREIGN + 1).count();
    let Some(first) = chars.next() else {
        return false;
    };
    if word.contains(['·', '・', '•']) {
        return (3..=FOREIGN).contains(&count)
            && word
                .chars()
                .all(|char| is_han(char) || "·・•".contains(char));
    }
    let compound = COMPOUND.iter().any(|name| word.starts_with(name));
    let longest = if compound { 4 } else { 3 };
    (2..=longest).contains(&count)
        && word.chars().all(is_han)
        && (compound && count > 2 || SURNAMES.contains(first))
}

/// Whether `text` is one or more names, apart by spaces or marks: 沈知远 秦若溪、方 见山.
pub(super) fn are_names(text: &str) -> bool {
    names(text).next().is_some()
        && names(text).all(|word| word.chars().count() == 1 || is_name(word))
        && (text.chars().any(|char| SURNAMES.contains(char)))
        && is_name_or_spaced(text)
}

/// The words of a list of names.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split([
        ' ', '\u{3000}', '、', '，', ',', '/', '／', '|', '｜', '\u{A0}',
    ])
    .filter(|word| !word.is_empty())
}

/// A name of two characters is often set as wide as one of three: 方　明. Single characters are only taken as such a pair.
fn is_name_or_spaced(text: &str) -> bool {
    let mut words = names(text);
    while let Some(word) = words.next() {
        if word.chars().count() > 1 {
            continue;
        }
        let given = words.next().unwrap_or_default();
        if !SURNAMES.contains(word) || given.chars().count() != 1 || !given.chars().all(is_han) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_a_surname() {
        for name in ["沈知远", "方明", "欧阳若溪", "葉聞笛", "伊万·彼得罗夫"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["简介", "调查", "我们", "沈知远说了", "", "A", "河水涨了"] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn a_list_of_names_may_have_a_wide_one() {
        assert!(are_names("沈知远　方　明、秦若溪"));
        assert!(!are_names("沈知远 在河边"));
        assert!(!are_names("河 水"));
        assert!(!are_names(""));
    }
}
