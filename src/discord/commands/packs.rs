//! `/packs`: the packs that can be played here, including a server's own.
//!
//! Discord shows the command to members who may manage the server. A server can change that, so
//! everything but the list checks the permission at each use.

use super::{options, write};
use crate::discord::app::App;
use crate::discord::app::uploads::Upload;
use crate::discord::command::{Audience, Command, FocusedOption, Scope};
use crate::discord::error::HandlerError;
use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, may_manage_server};
use crate::discord::reply::Reply;
use heat_core::bank::{Bank, Question};
use heat_core::exchange::{self, Format, ImportError, LeftOut, Naming, Note};
use heat_core::facts::limits::PACK_BYTES_MAX;
use heat_core::facts::{Decoded, Fault, Flaw, Pack, parse_pack};
use heat_core::id::{GuildId, InteractionId};
use heat_core::library::{GuildLibrary, ListedPack, PACKS_MAX, check_own};
use heat_core::settings::{PACKS_OFF_MAX, ServerSettings};
use heat_core::writing::own_pack;
use heat_store::StoredPack;
use heat_view::custom_id::PackButton;
use heat_view::message::{Message, Suggestion};
use heat_view::packs::{Line, Preview, Unreadable};
use serenity::all::{
    Attachment, CommandInteraction, CommandOptionType, ComponentInteraction, CreateCommand,
    ResolvedOption, ResolvedValue,
};
use std::sync::Arc;

/// The command.
pub const COMMAND: Command = Command {
    name: "packs",
    scope: Scope::Servers,
    audience: Audience::Member,
    describe,
    run: |langs, app, command| Box::pin(run(langs, app, command)),
    complete: Some(|langs, app, typing, typed| Box::pin(complete(langs, app, typing, typed))),
};

fn describe(command: CreateCommand) -> CreateCommand {
    let pack = || {
        options::option(CommandOptionType::String, "pack")
            .required(true)
            .set_autocomplete(true)
            .max_length(100)
    };
    let file = options::option(CommandOptionType::Attachment, "file").required(true);
    let encoding = options::option(CommandOptionType::String, "encoding")
        .set_autocomplete(true)
        .max_length(40);
    let format = options::choice("format", &["json", "csv"]);
    // No default permission: Discord would hide the whole command, and `list` is for everyone. The
    // others check the permission at each use.
    command
        .add_option(options::subcommand("list"))
        .add_option(
            options::subcommand("add")
                .add_sub_option(file)
                .add_sub_option(encoding),
        )
        .add_option(
            options::subcommand("write").add_sub_option(
                options::option(CommandOptionType::String, "pack")
                    .set_autocomplete(true)
                    .max_length(60),
            ),
        )
        .add_option(options::subcommand("questions").add_sub_option(pack()))
        .add_option(options::subcommand("suggest"))
        .add_option(options::subcommand("suggestions"))
        .add_option(options::subcommand("restore").add_sub_option(pack()))
        .add_option(options::subcommand("template"))
        .add_option(options::subcommand("off").add_sub_option(pack()))
        .add_option(options::subcommand("on").add_sub_option(pack()))
        .add_option(options::subcommand("remove").add_sub_option(pack()))
        .add_option(
            options::subcommand("export")
                .add_sub_option(pack())
                .add_sub_option(format),
        )
}

/// The server's own packs whose title or id contains what was typed.
async fn complete(
    langs: Langs,
    app: &App,
    typing: &CommandInteraction,
    typed: FocusedOption<'_>,
) -> Result<Vec<Suggestion>, HandlerError> {
    if typed.option == "encoding" {
        return Ok(heat_view::packs::suggest_encodings(langs.reply, typed.text));
    }
    let guild = Origin::from(typing).guild;
    let options = typing.data.options();
    if options.first().is_some_and(|sub| sub.name == "restore") {
        return suggest_removed(app, typing, typed.text).await;
    }
    let library = app.guild_library(guild).await?;
    if let Some(sub) = options
        .first()
        .filter(|sub| matches!(sub.name, "off" | "on"))
    {
        let is_off = sub.name == "on";
        let packs = library.packs().filter(|pack| pack.is_off == is_off);
        let packs = packs.map(|pack| (pack.id.as_str(), pack.title));
        return Ok(options::suggest_of(packs, typed.text.trim()));
    }
    let own = library.own.packs().iter();
    let own = own.map(|pack| (pack.id.as_str(), pack.title.as_str()));
    Ok(options::suggest_of(own, typed.text))
}

/// The reply to `/packs`.
async fn run(langs: Langs, app: &App, command: &CommandInteraction) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(command).guild else {
        return Ok(Reply::Aside(heat_view::packs::only_in_servers(
            langs.member,
        )));
    };
    let options = command.data.options();
    let Some((name, options)) = options.first().and_then(subcommand) else {
        return Ok(Reply::Aside(heat_view::reply::unknown_interaction(
            langs.member,
        )));
    };
    if name == "suggest" {
        return Ok(write::suggest(langs));
    }
    if !matches!(name, "list" | "template") && !may_manage_server(command.member.as_deref()) {
        return Ok(Reply::Aside(heat_view::packs::not_allowed(langs.member)));
    }
    // Before reading anything: Discord accepts a form only as the first response.
    if name == "write" {
        return Ok(write::open(langs, text(options, "pack")));
    }
    let library = app.guild_library(Some(guild)).await?;
    let message = match name {
        "list" => heat_view::packs::with_suggest_button(langs.reply, list(langs, &library)),
        "questions" => match own_pack(&library, text(options, "pack")) {
            Some(pack) => heat_view::write::page(langs.reply, pack, 0),
            None => heat_view::packs::unknown(langs.reply, text(options, "pack")),
        },
        "suggestions" => {
            write::waiting(langs, app, guild, heat_view::write::Decided::Opened).await?
        }
        "restore" => restore(langs, app, guild, text(options, "pack")).await?,
        "add" => match attached(options) {
            Some(file) => {
                let encoding = text(options, "encoding");
                add(langs, app, &library, command, (file, encoding)).await?
            }
            None => heat_view::reply::unknown_interaction(langs.reply),
        },
        "remove" => ask_to_remove(langs, app, &library, guild, text(options, "pack")).await?,
        "off" | "on" => {
            switch(
                langs,
                app,
                &library,
                guild,
                text(options, "pack"),
                name == "off",
            )
            .await?
        }
        "template" => heat_view::packs::template(langs.reply),
        "export" => export(
            langs,
            &library,
            text(options, "pack"),
            text(options, "format"),
        )?,
        _ => heat_view::reply::unknown_interaction(langs.reply),
    };
    Ok(Reply::Show(message))
}

/// The reply to a button under a preview.
pub async fn press(
    langs: Langs,
    app: &App,
    press: &ComponentInteraction,
    button: PackButton,
) -> Result<Reply, HandlerError> {
    let Some(guild) = Origin::from(press).guild else {
        return Ok(Reply::Aside(heat_view::packs::only_in_servers(
            langs.member,
        )));
    };
    if !may_manage_server(press.member.as_ref()) {
        return Ok(Reply::Aside(heat_view::packs::not_allowed(langs.member)));
    }
    let user = Origin::from(press).user;
    let id = match &button {
        PackButton::Store { upload } | PackButton::Drop { upload } => *upload,
        PackButton::Remove { pack } => {
            return remove(langs, app, guild, pack.text())
                .await
                .map(Reply::Show);
        }
        PackButton::Keep {} => return Ok(Reply::Show(heat_view::packs::kept(langs.reply))),
        PackButton::Restore { pack } => {
            return restore(langs, app, guild, pack.text())
                .await
                .map(Reply::Show);
        }
    };
    let Some(upload) = app.uploads.take(id, guild, user, (app.clock)()) else {
        return Ok(Reply::Show(heat_view::packs::forgotten(langs.reply)));
    };
    if matches!(button, PackButton::Drop { .. }) {
        return Ok(Reply::Show(heat_view::packs::dropped(langs.reply)));
    }
    store(langs, app, &upload).await.map(Reply::Show)
}

fn subcommand<'a, 'o>(
    option: &'o ResolvedOption<'a>,
) -> Option<(&'a str, &'o [ResolvedOption<'a>])> {
    match &option.value {
        ResolvedValue::SubCommand(options) => Some((option.name, options)),
        _ => None,
    }
}

fn attached<'a>(options: &[ResolvedOption<'a>]) -> Option<&'a Attachment> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::Attachment(file) => Some(file),
        _ => None,
    })
}

fn text<'a>(options: &[ResolvedOption<'a>], name: &str) -> &'a str {
    let found = options.iter().find_map(|option| match option.value {
        ResolvedValue::String(text) if option.name == name => Some(text),
        _ => None,
    });
    found.unwrap_or_default()
}

fn list(langs: Langs, library: &GuildLibrary) -> Message {
    let lines = library.packs().map(|pack| Line {
        id: pack.id,
        title: pack.title,
        questions: pack.questions,
        is_own: pack.is_own,
        is_off: pack.is_off,
    });
    heat_view::packs::list(langs.reply, &lines.collect::<Vec<_>>())
}

/// Fetches and checks a file, and shows its contents. Stores nothing.
async fn add(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    command: &CommandInteraction,
    (file, encoding): (&Attachment, &str),
) -> Result<Message, HandlerError> {
    let Some(guild) = Origin::from(command).guild else {
        return Ok(heat_view::packs::only_in_servers(langs.reply));
    };
    if usize::try_from(file.size).is_ok_and(|bytes| bytes > PACK_BYTES_MAX) {
        return Ok(heat_view::packs::too_large(langs.reply, PACK_BYTES_MAX));
    }
    let content = match app
        .attachments
        .text(&file.url, PACK_BYTES_MAX, Some(encoding))
        .await
    {
        Ok(content) => content,
        Err(error) => return Ok(error.message(langs.member, PACK_BYTES_MAX)),
    };
    let name = heat_view::escape::clip(&heat_view::escape::plain(&file.filename), 80);
    let id = InteractionId(command.id.get());
    let _turn = app.uploads.turn().await?;
    let looked_at = {
        let (library, name) = (library.clone(), name.clone());
        tokio::task::spawn_blocking(move || look_at(langs, &library, &name, &content, id))
    };
    let (message, pack) = looked_at.await?;
    if let Some(pack) = pack {
        let upload = Upload {
            guild,
            user: Origin::from(command).user,
            pack: Arc::new(pack),
            at_ms: (app.clock)(),
        };
        app.uploads.keep(id, upload);
    }
    Ok(message)
}

/// The preview of a file, and the pack made from it, if possible.
fn look_at(
    langs: Langs,
    library: &GuildLibrary,
    name: &str,
    content: &Decoded,
    upload: InteractionId,
) -> (Message, Option<Pack>) {
    let Read {
        pack,
        left_out,
        notes,
    } = match read(langs, name, &content.text) {
        Ok(read) => read,
        Err(message) => return (message, None),
    };
    let bank = match check_own(&library.shared, &library.own, &pack) {
        Ok(bank) => bank,
        Err(faults) => return (heat_view::packs::faulty(langs.member, name, &faults), None),
    };
    let replaces = library.own.packs().iter().any(|own| own.id == pack.id);
    if !replaces && library.own.packs().len() >= PACKS_MAX {
        return (heat_view::packs::too_many(langs.reply, PACKS_MAX), None);
    }
    let questions = of_pack(&bank, &pack.id);
    if questions.is_empty() {
        let fault = Fault::of_file(name, Flaw::NoQuestions);
        return (heat_view::packs::faulty(langs.reply, name, &[fault]), None);
    }
    let message = heat_view::packs::preview(
        langs.reply,
        &Preview {
            pack: &pack,
            questions: &questions.iter().collect::<Vec<_>>(),
            left_out: &left_out,
            notes: &notes,
            guessed_encoding: content.guess,
            replaces,
            upload,
        },
    );
    (message, Some(pack))
}

fn of_pack(bank: &Bank, pack: &str) -> Vec<Question> {
    let questions = bank.questions();
    questions.filter(|question| question.pack == pack).collect()
}

/// What was read from a file.
struct Read {
    pack: Pack,
    left_out: Vec<LeftOut>,
    notes: Vec<Note>,
}

/// Reads a pack as it is, or converts another format.
fn read(langs: Langs, name: &str, content: &str) -> Result<Read, Message> {
    let format = Format::of_name(name);
    let is_pack = format.is_none() || (format == Some(Format::OpenTdb) && !is_opentdb(content));
    let Some(format) = format.filter(|_| !is_pack) else {
        let pack = parse_pack(name, content)
            .map_err(|faults| heat_view::packs::faulty(langs.member, name, &faults))?;
        return Ok(Read {
            pack,
            left_out: Vec::new(),
            notes: Vec::new(),
        });
    };
    let files = [(name.to_owned(), content.to_owned())];
    let naming = Naming {
        reason: Some(heat_view::write::default_reason(langs.place, "{answer}")),
        ..Naming::default()
    };
    match exchange::import(format, &files, &naming) {
        Ok(imported) => Ok(Read {
            pack: imported.pack,
            left_out: imported.left_out,
            notes: imported.notes,
        }),
        Err(ImportError::Faults(faults)) => {
            Err(heat_view::packs::faulty(langs.member, name, &faults))
        }
        Err(ImportError::Nothing(left_out)) => {
            Err(heat_view::packs::nothing(langs.member, name, &left_out))
        }
        Err(ImportError::Unreadable { file, why }) => Err(heat_view::packs::unreadable(
            langs.member,
            Unreadable::Content(&file, &why),
        )),
    }
}

/// Whether a JSON document is from the Open Trivia Database and not a pack.
fn is_opentdb(content: &str) -> bool {
    let document: Result<serde_json::Value, _> = serde_json::from_str(content);
    document.is_ok_and(|document| document.is_array() || document.get("results").is_some())
}

/// Stores the pack that was shown, if it still fits with the current packs.
async fn store(langs: Langs, app: &App, upload: &Upload) -> Result<Message, HandlerError> {
    app.guild_packs.changed(upload.guild);
    let library = app.guild_library(Some(upload.guild)).await?;
    let pack = Arc::clone(&upload.pack);
    let _turn = app.uploads.turn().await?;
    let checked = {
        let library = library.clone();
        tokio::task::spawn_blocking(move || check_own(&library.shared, &library.own, &pack))
    };
    let bank = match checked.await? {
        Ok(bank) => bank,
        Err(faults) => {
            return Ok(heat_view::packs::faulty(
                langs.member,
                &upload.pack.title,
                &faults,
            ));
        }
    };
    let replaces = library
        .own
        .packs()
        .iter()
        .any(|own| own.id == upload.pack.id);
    if !replaces && app.store.packs(upload.guild).await?.len() >= PACKS_MAX {
        return Ok(heat_view::packs::too_many(langs.reply, PACKS_MAX));
    }
    let body = serde_json::to_string(upload.pack.as_ref())?;
    let stored = StoredPack {
        id: upload.pack.id.clone(),
        body,
        added_by: upload.user,
        added_at_ms: upload.at_ms,
    };
    app.store.put_pack(upload.guild, stored).await?;
    app.guild_packs.changed(upload.guild);
    tracing::info!(guild_id = upload.guild.0, user_id = upload.user.0, pack = %upload.pack.id, "packs.added");
    let questions = of_pack(&bank, &upload.pack.id).len();
    Ok(heat_view::packs::stored(
        langs.reply,
        &upload.pack.title,
        questions,
    ))
}

/// The title of a stored pack, and how many hand-written questions it has.
fn about(library: &GuildLibrary, stored: &StoredPack) -> (String, usize) {
    match own_pack(library, &stored.id) {
        Some(pack) => {
            let listed = library.packs().find(|listed| *listed.id == pack.id);
            (
                pack.title.clone(),
                listed.map_or(0, |listed| listed.questions),
            )
        }
        // A pack that no longer fits with the library has no name but its id.
        None => (stored.id.clone(), 0),
    }
}

async fn ask_to_remove(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    guild: GuildId,
    typed: &str,
) -> Result<Message, HandlerError> {
    let id = own_pack(library, typed).map_or(typed.trim(), |pack| &pack.id);
    let stored = app.store.packs(guild).await?;
    Ok(match stored.iter().find(|stored| stored.id == id) {
        Some(stored) => {
            let (title, questions) = about(library, stored);
            heat_view::packs::ask_to_remove(langs.reply, id, &title, questions)
        }
        None => heat_view::packs::unknown(langs.reply, typed),
    })
}

/// Removes a pack. It can be restored for a week.
async fn remove(
    langs: Langs,
    app: &App,
    guild: GuildId,
    id: &str,
) -> Result<Message, HandlerError> {
    let library = app.guild_library(Some(guild)).await?;
    let title = own_pack(&library, id).map_or(id, |pack| &pack.title);
    let now_ms = (app.clock)();
    if !app.store.remove_pack(guild, id, now_ms).await? {
        return Ok(heat_view::packs::unknown(langs.reply, id));
    }
    app.store.purge_packs(now_ms).await?;
    app.guild_packs.changed(guild);
    tracing::info!(guild_id = guild.0, pack = %id, "packs.removed");
    Ok(heat_view::packs::removed(langs.reply, id, title))
}

/// Restores a removed pack.
async fn restore(
    langs: Langs,
    app: &App,
    guild: GuildId,
    id: &str,
) -> Result<Message, HandlerError> {
    app.store.purge_packs((app.clock)()).await?;
    let id = id.trim();
    if app.store.packs(guild).await?.len() >= PACKS_MAX {
        return Ok(heat_view::packs::too_many(langs.reply, PACKS_MAX));
    }
    if !app.store.restore_pack(guild, id).await? {
        return Ok(heat_view::packs::not_removed(langs.reply, id));
    }
    app.guild_packs.changed(guild);
    tracing::info!(guild_id = guild.0, pack = %id, "packs.restored");
    Ok(heat_view::packs::restored(langs.reply))
}

/// Removed packs, for members who may restore them.
async fn suggest_removed(
    app: &App,
    typing: &CommandInteraction,
    typed: &str,
) -> Result<Vec<Suggestion>, HandlerError> {
    let guild = Origin::from(typing).guild;
    let Some(guild) = guild.filter(|_| may_manage_server(typing.member.as_deref())) else {
        return Ok(Vec::new());
    };
    let removed = app.store.removed_packs(guild).await?;
    let fitting = removed
        .into_iter()
        .filter(|pack| pack.id.contains(typed.trim()));
    let suggestion = |pack: StoredPack| Suggestion {
        name: pack.id.clone(),
        value: pack.id,
    };
    Ok(fitting.take(25).map(suggestion).collect())
}

/// Switches a pack off or on. The last one that is on stays on.
async fn switch(
    langs: Langs,
    app: &App,
    library: &GuildLibrary,
    guild: GuildId,
    typed: &str,
    off: bool,
) -> Result<Message, HandlerError> {
    let typed = typed.trim();
    let is_meant =
        |pack: &ListedPack<'_>| pack.id == typed || pack.title.eq_ignore_ascii_case(typed);
    let Some(pack) = library.packs().find(is_meant) else {
        return Ok(heat_view::packs::unknown(langs.reply, typed));
    };
    if off && library.playable_packs().all(|other| other.id == pack.id) {
        return Ok(heat_view::packs::last_one_on(langs.reply));
    }
    let mut is_full = false;
    let change = |settings: &mut ServerSettings| {
        if !off {
            settings.packs_off.remove(pack.id);
        } else if settings.packs_off.len() < PACKS_OFF_MAX {
            settings.packs_off.insert(pack.id.clone());
        } else {
            is_full = true;
        }
    };
    app.settings
        .change(&app.store, guild, (app.clock)(), change)
        .await?;
    if is_full {
        return Ok(heat_view::packs::too_many_off(langs.reply, PACKS_OFF_MAX));
    }
    tracing::info!(guild_id = guild.0, pack = %pack.id, off, "packs.switched");
    Ok(heat_view::packs::switched(langs.reply, pack.title, off))
}

fn export(
    langs: Langs,
    library: &GuildLibrary,
    typed: &str,
    format: &str,
) -> Result<Message, HandlerError> {
    let Some(pack) = own_pack(library, typed) else {
        return Ok(heat_view::packs::unknown(langs.reply, typed));
    };
    let (ending, content) = match format {
        "" | "json" => ("json", serde_json::to_string_pretty(pack)?),
        "csv" => ("csv", exchange::to_csv(pack)?),
        other => {
            return Ok(heat_view::reply::unknown_choice(
                langs.reply,
                "format",
                other,
            ));
        }
    };
    Ok(heat_view::packs::exported(
        langs.reply,
        &pack.title,
        format!("{}.{ending}", pack.id),
        content,
    ))
}
