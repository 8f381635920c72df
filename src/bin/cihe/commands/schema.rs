//! `cihe schema`: the contract of the tables, and of pipelines.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cihe::config::json_schema;
use cihe::table::{TableId, contract, describe};
use clap::{Args, ValueEnum};

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::paint::{Paint, Style};
use crate::terminal::Terminal;

const LONG_ABOUT: &str = "\
Show the contract of the tables: each column with its type and what it holds. Readers may rely on it; a column that \
changed would be a new version.

TABLE is one table; without it all are shown. `pipeline` is the JSON schema of pipeline files, for editors.";

const EXAMPLES: &str = "\
Examples:
  cihe schema
  cihe schema tokens
  cihe schema tokens --format json
  cihe schema pipeline > pipeline.schema.json
  cihe schema --write schemas/

";

/// The name under which the schema of pipelines goes.
const PIPELINE: &str = "pipeline";

/// Show the contract of the tables, and of pipeline files
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = format!("{EXAMPLES}{}", exit::TABLE))]
pub(crate) struct SchemaArgs {
    /// One table, or `pipeline`; all tables without it
    table: Option<String>,
    /// For people or for machines
    #[arg(short, long, value_enum, default_value_t)]
    format: Format,
    /// Write all contracts as JSON files into a folder instead
    #[arg(long, value_name = "DIR", conflicts_with_all = ["table", "format"])]
    write: Option<PathBuf>,
}

/// How contracts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns for people.
    #[default]
    Text,
    /// The contract file.
    Json,
}

/// Shows the contract.
pub(crate) fn schema(args: &SchemaArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Some(folder) = &args.write {
        return write_all(folder);
    }
    let mut out = io::stdout().lock();
    if args.table.as_deref() == Some(PIPELINE) {
        writeln!(out, "{:#}", json_schema())?;
        out.flush()?;
        return Ok(Exit::Clean);
    }
    let tables = match &args.table {
        Some(name) => vec![name.parse::<TableId>().map_err(Failure::Unknown)?],
        None => TableId::ALL.to_vec(),
    };
    match args.format {
        Format::Json if args.table.is_none() => print_json_list(&mut out, &tables)?,
        Format::Json => out.write_all(contract(tables[0]).as_bytes())?,
        Format::Text => print_text(&mut out, &tables, terminal.paint)?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// All contracts as one JSON list.
fn print_json_list(out: &mut impl Write, tables: &[TableId]) -> io::Result<()> {
    let contracts: Vec<String> = tables
        .iter()
        .map(|table| contract(*table).trim_end().to_owned())
        .collect();
    writeln!(out, "[\n{}\n]", contracts.join(",\n"))
}

fn print_text(out: &mut impl Write, tables: &[TableId], paint: Paint) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", paint.of(Style::Heading, table))?;
        let columns = describe(*table);
        let type_of = |column: &cihe::table::ColumnRow| {
            let mark = if column.nullable { "?" } else { "" };
            format!("{}{mark}", column.r#type)
        };
        let names = columns
            .iter()
            .map(|column| column.name.len())
            .max()
            .unwrap_or(0);
        let types = columns
            .iter()
            .map(|column| type_of(column).len())
            .max()
            .unwrap_or(0);
        for column in &columns {
            let (name, doc) = (column.name, paint.of(Style::Faint, column.doc));
            writeln!(out, "  {name:<names$}  {:<types$}  {doc}", type_of(column))?;
        }
    }
    Ok(())
}

fn write_all(folder: &Path) -> Result<Exit, Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Failure::File(path, error)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let tables = TableId::ALL.map(|table| (format!("{table}.json"), contract(table)));
    let pipeline = (
        format!("{PIPELINE}.schema.json"),
        format!("{:#}\n", json_schema()),
    );
    for (name, text) in tables.into_iter().chain([pipeline]) {
        let path = folder.join(name);
        fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(Exit::Clean)
}
