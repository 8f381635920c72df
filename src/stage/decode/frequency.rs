//! How much a text looks like Chinese: what tells GB 18030 from Big5 and both from anything else.
//!
//! A charset decoder accepts nearly any bytes; only what comes out tells whether it was the right one. Right decoding yields the
//! few hundred characters that make up most of any Chinese text, wrong decoding yields characters spread over the whole
//! repertoire. One list serves both scripts, since traditional characters count as their simplified forms.

use std::sync::OnceLock;

use crate::text::{is_han, simplify};

/// How many of [`COMMON`] make up half of a text.
const FREQUENT: usize = 300;
/// Mean score from which on a text is Chinese beyond doubt.
pub(super) const CHINESE: f64 = 0.7;

/// The first block of ideographs, where all of [`COMMON`] are.
const FIRST: u32 = 0x4E00;
const END: u32 = 0xA000;

/// The most frequent characters of simplified Chinese, most frequent first.
const COMMON: &str = "\
    一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主\
    长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还\
    然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间\
    无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路\
    被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首\
    共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放\
    管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职\
    号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考\
    求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则\
    功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源\
    息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除乐企引标确织初青志率项飞球节察龙\
    响药站施均消客失轻存低甚般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央\
    识维采六底宫房音环案批切斗富乡另倒若按查故突责严桥模仅胜杀围席态破承招杨负层须父供续状域似依银范\
    修找九致密终血旅钱赛独细效玉冲获习医演毛尽脸弹楼艺航陆右协七攻镇检写苏宗章注阿抗弟坐验封紧劳户优\
    财养适陈喜卫排射哥油刻留急降念云微伤例景拿绝阶座刘刚害印亿沙母酒助闻超审待压升送监策略限竟香配藏\
    敌呢差仍兰温园树征善波哪词岛止预怕继皮执味份角草男普答益谁船惊核街夏宣掌田久著画辑奇尼剑吧谈背免\
    孩礼材愿洋春架筑括晚乱乎讲尚良友临激刀夜室既敢邦挥昌板胡欧福港叶简苦担句岁荆贵娘守辖威宜衣帮块堂\
    额错剧充欢够孙班呼阵销坚练脚退读测吴希宁换版异某顾曲楚典朱毒菜判救宋茶洪含顺啊鲜败货矿端兄归冷忙\
    买险康评肉吗厂永哈沉散遗停笔假输牛洞松渐顶训录否述毕督控丰献姑忽爷互亮纳襄登咱钟伯臣雄季脑介鄂召\
    饭暗扩祖齐短烈赶牌恩诉移诗础露届蒙静喝盘卖植授伊湾博痛减穿逐秘庭陵固禁票灵杂姓泽吸侧庆妈遇追甲馆\
    补唐炮沿殿刺怪彩俄旧警索岸轮妇载靠附毫怀软骨探雷旁罪枪牙迎序慢盛雨墙恶谷顿危稳熟概酸操诸绿佛荣针\
    托宽折野付午肯库厚缺罢耳屋嘴末谢巨培页瓦款犯困店智拥雪翻圣戏旗吉婚奖岩疑币圆歌廷健卡烧析讨跑烟误\
    仙疗舞亡闭汽伸脱秋姐繁侵川莫麻秀借寻私岗卷跳丽横驻套兼您君丁束纸夺袁灯坏坦丝径购阴床瞧择墓宪峰遍\
    鲁庙掉丹桃御舰避售怒课播拔奥延虚隐粮络遭摇潜庄混厅婆奴鼓赵访睡震予童徐韦殖抓拜吨扬址洛休纵逃染纷\
    贸透汇灭蛋森仪塔距狐融郡缓聚盖拍迹忠释润粉涓孔岭搜紫虑促抵钢塞寺津液码虎坛珍硬梁奔累役偏迫锛凡损\
    壁哭替税综伦冰盟挂韩竞乌尤弱铺妹秦尊竹珠迅脉泥鬼纯睛刑途隆潮幅杯握谋剂幸奉乘抱朋谓频崇壮骑紝恐享\
    鸡虫绍铜呈泛械摆欲奶敬措爆暴签猛郭嘉障缩亦废搞胞埃曰撤暖寒订俗绩阻盐萨勒忘奏孝贴灰梅触玩默醒胸莲\
    篇柱裁啦淡抢捕闹纺截讯朗誉雅忍梦伙勇峡徒丈尾迷唱泉泰佳残闪伍呀疾署剩贼冠倾豆申贫诺麦泪羊尖辈镜涉\
    贡爹缘摩妻殊贝零映甘骂糖岳饮奋棉雕跃汗冒渡努赞启阁斤裂患伏池鹿洗劲晋倍圈媒箭沟锋胆凭挑抬闯隔弄曹\
    汤苗迁叹唯振储贯彻桌祭符僧衡炸旋喊凤黎郎援肥磁忌赏辽祥董仁辛瑞询敏浪貌毁昨巧腿抽荷陷焦净腹弃乃湘\
    亩滑狗冬宏皆番尸伟桂览恢龄绕趣晶坡魏摸伴墨浓绪舍蓝荡阅井鸿旦惯症鸟窗扎辞聘穷堰宇键荒递恨隶厉杜闲\
    腰袭侍灾涨叔湿寨幕豪郑磨浮薄券赤腐译租氧戴邓煤肠牧孤诏妙旨堡册锅胖柳阔吹丘趋锦颜悬陶拳诚尺晓插蒋\
    艇勤穴摄燕垂罚辆戒稀腾粗袋绘炎氏肩枝狂泊估杭扑臂哲寡偷懂琴悲盾炒稍矛愈籍颁吐呆违亭眉撞贷刊巡屈堆\
    曼饰碎滚悉寄浜迟描污辅魔烦鼻盗餐";

/// Mean score of the characters outside ASCII, -8 (damage) to 3 (the most frequent characters); 0 where there are none.
pub(super) fn score(text: &str) -> f64 {
    let mut sum = 0i32;
    let mut count = 0u32;
    for char in text.chars().filter(|char| !char.is_ascii()) {
        sum = sum.saturating_add(score_char(char));
        count += 1;
    }
    f64::from(sum) / f64::from(count.max(1))
}

fn score_char(char: char) -> i32 {
    let code = u32::from(char);
    if (FIRST..END).contains(&code) {
        let at = (code - FIRST) as usize;
        return weights().get(at).copied().map_or(-1, i32::from);
    }
    match char {
        '\u{3000}'..='\u{3011}'
        | '\u{FF01}'..='\u{FF5E}'
        | '“'
        | '”'
        | '‘'
        | '’'
        | '…'
        | '—'
        | '·' => 2,
        // Units, arrows, circled numbers: in every East Asian charset.
        '\u{2100}'..='\u{27BF}' => 0,
        '\u{FFFD}' => -8,
        '\u{E000}'..='\u{F8FF}' => -4,
        char if is_han(char) => -3,
        _ => -2,
    }
}

/// Score of each ideograph: 3 for a frequent one, 2 for a common one, -1 for the rest.
fn weights() -> &'static [i8] {
    static WEIGHTS: OnceLock<Vec<i8>> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let mut by_form = vec![-1; (END - FIRST) as usize];
        for (rank, char) in COMMON.chars().enumerate() {
            let at = u32::from(char).wrapping_sub(FIRST) as usize;
            if let Some(slot) = by_form.get_mut(at) {
                *slot = if rank < FREQUENT { 3 } else { 2 };
            }
        }
        let weight = |char: char| {
            let at = u32::from(simplify(char)).wrapping_sub(FIRST) as usize;
            by_form.get(at).copied().unwrap_or(-1)
        };
        (FIRST..END)
            .filter_map(char::from_u32)
            .map(weight)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_in_either_script_scores_high_and_misread_chinese_low() {
        assert!(score("河边的图书馆今天重新开放，市民可以免费入馆。") > 2.0);
        assert!(score("河邊的圖書館今天重新開放，市民可以免費入館。") > 2.0);
        let (gbk, _, _) = encoding_rs::GBK.encode("河边的图书馆今天重新开放");
        let (misread, _) = encoding_rs::BIG5.decode_without_bom_handling(&gbk);
        assert!(score(&misread) < CHINESE);
    }

    #[test]
    fn ascii_says_nothing() {
        assert!(score("plain").abs() < f64::EPSILON);
    }
}
