//! Ways to break clean prose, as typesetters, mail programs and careless converters do.

/// How a text is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// At a number of characters, paragraphs set in by two wide spaces.
    SetIn,
    /// At a number of columns, between words, paragraphs set in by four spaces.
    SetInNarrow,
    /// At a number of characters, nothing between paragraphs.
    Flush,
    /// At a number of columns, a blank line between paragraphs.
    Blank,
    /// As `SetIn`, with a blank line in mid-sentence wherever a column of the page ended.
    Columns,
    /// As `Blank`, with such blank lines.
    BlankColumns,
    /// A space for each line end.
    Spaces,
}

/// All of them.
pub(crate) const BREAKS: [Break; 7] = [
    Break::SetIn,
    Break::SetInNarrow,
    Break::Flush,
    Break::Blank,
    Break::Columns,
    Break::BlankColumns,
    Break::Spaces,
];

/// Lines of a column of the page.
const COLUMN: usize = 23;

/// `paragraphs` with their lines broken at `width` characters.
pub(crate) fn broken(paragraphs: &[&str], width: usize, style: Break) -> String {
    let indent = match style {
        Break::SetIn | Break::Columns => "\u{3000}\u{3000}",
        Break::SetInNarrow => "    ",
        _ => "",
    };
    let mut lines: Vec<String> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let paragraph = format!("{indent}{paragraph}");
        let own = match style {
            Break::SetIn | Break::Flush | Break::Columns => by_chars(&paragraph, width),
            _ => by_words(&paragraph, 2 * width),
        };
        if number > 0 && matches!(style, Break::Blank | Break::BlankColumns) {
            lines.push(String::new());
        }
        match style {
            Break::Spaces => lines.push(own.join(" ")),
            _ => lines.extend(own),
        }
    }
    if !matches!(style, Break::Columns | Break::BlankColumns) {
        return lines.join("\n");
    }
    let columns: Vec<String> = lines
        .chunks(COLUMN)
        .map(|column| column.join("\n"))
        .collect();
    columns.join("\n\n")
}

/// Lines of `width` characters each; a word or number may be cut.
fn by_chars(paragraph: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = paragraph.chars().collect();
    chars.chunks(width).map(String::from_iter).collect()
}

/// Lines of at most `columns` columns, cut between characters and Latin words; a mark that does not fit hangs out, and a space at a
/// line's end is lost.
fn by_words(paragraph: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in words(paragraph) {
        let own: usize = word.chars().map(columns_of).sum();
        let hangs = word.starts_with(['，', '。', '、', '；', '：', '！', '？', '”', '》', '）']);
        if width > 0 && width + own > columns && !hangs {
            lines.push(String::new());
            width = 0;
            if word == " " {
                continue;
            }
        }
        let line = lines.last_mut().expect("there is a line");
        line.push_str(&word);
        width += own;
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Latin words and numbers, and every other character by itself.
fn words(paragraph: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut goes_on = false;
    for char in paragraph.chars() {
        let latin = char.is_ascii_alphanumeric() || char == '.';
        match words.last_mut() {
            Some(last) if latin && goes_on => last.push(char),
            _ => words.push(char.to_string()),
        }
        goes_on = latin;
    }
    words
}

fn columns_of(char: char) -> usize {
    if char.is_ascii() { 1 } else { 2 }
}
