//! A real serenity client plays against the sandbox: everything that the sandbox sends must decode.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::common::{Discord, component, text};
use discord_sandbox::{Options, Sandbox};
use serde_json::json;
use serenity::{
    all::{
        ActionRowComponent, AutocompleteChoice, ButtonStyle, ChannelType, ClientBuilder, Command,
        CommandDataOptionValue, CommandInteraction, CommandOptionType, ComponentInteraction,
        ComponentInteractionDataKind, Context, CreateActionRow, CreateAttachment,
        CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed,
        CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup,
        CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateScheduledEvent,
        CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, CreateThread,
        EditInteractionResponse, EditMessage, EditRole, EditThread, Event, EventHandler,
        GatewayIntents, HttpBuilder, InputTextStyle, Interaction, ModalInteraction, Nonce,
        RawEventHandler, Ready, ScheduledEventType, Timestamp,
    },
    async_trait,
};

/// Uses every kind of interaction and answer that the sandbox knows.
struct Bot;

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, ctx: Context, ready: Ready) {
        assert_eq!(ready.guilds.len(), 2);
        ctx.http.get_current_application_info().await.unwrap();
        ctx.http.get_bot_gateway().await.unwrap();
        for guild in ready.guilds {
            ctx.http.get_guild(guild.id).await.unwrap();
            ctx.http.get_member(guild.id, ready.user.id).await.unwrap();
        }
        assert_eq!(ctx.http.get_guilds(None, None).await.unwrap().len(), 2);
        let who = CreateCommandOption::new(CommandOptionType::User, "who", "Somebody");
        let word = CreateCommandOption::new(CommandOptionType::String, "word", "A word")
            .set_autocomplete(true);
        let greet = CreateCommand::new("greet")
            .description("Say hello")
            .add_option(who)
            .add_option(word);
        let think = CreateCommand::new("think").description("Take time");
        let stage = CreateCommand::new("stage").description("Set the scene");
        let all = vec![greet, think, stage];
        let registered = Command::set_global_commands(&ctx.http, all).await;
        assert_eq!(registered.unwrap().len(), 3);
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) if command.data.name == "think" => {
                think(&ctx, &command).await;
            }
            Interaction::Command(command) if command.data.name == "stage" => {
                stage(&ctx, &command).await;
            }
            Interaction::Command(command) => greet(&ctx, &command).await,
            Interaction::Autocomplete(typing) => {
                let value = typing.data.autocomplete().unwrap().value;
                let choice = AutocompleteChoice::new(format!("{value}!"), "done");
                let choices = CreateAutocompleteResponse::new().set_choices(vec![choice]);
                let answer = CreateInteractionResponse::Autocomplete(choices);
                typing.create_response(&ctx.http, answer).await.unwrap();
            }
            Interaction::Component(click) => click_on(&ctx, &click).await,
            Interaction::Modal(modal) => submitted(&ctx, &modal).await,
            _ => panic!("an interaction of another kind"),
        }
    }
}

async fn greet(ctx: &Context, command: &CommandInteraction) {
    assert!(command.app_permissions.is_some());
    assert!(command.context.is_some());
    if command.guild_id.is_some() {
        assert!(command.member.as_ref().unwrap().permissions.is_some());
    }
    let greeted = match command.data.options.first().map(|option| &option.value) {
        Some(CommandDataOptionValue::User(id)) => command.data.resolved.users[id].name.clone(),
        _ => "you".to_owned(),
    };
    let again = CreateButton::new("again")
        .label("Again")
        .style(ButtonStyle::Primary);
    let ask = CreateButton::new("ask").label("Ask").emoji('❓');
    let option = CreateSelectMenuOption::new("Red", "red");
    let menu = CreateSelectMenuKind::String {
        options: vec![option],
    };
    let select = CreateSelectMenu::new("colour", menu);
    let message = CreateInteractionResponseMessage::new()
        .content(format!("Hello {greeted}"))
        .embed(
            CreateEmbed::new()
                .title("T")
                .field("n", "v", true)
                .colour(0xFF_00_00),
        )
        .components(vec![
            CreateActionRow::Buttons(vec![again, ask]),
            CreateActionRow::SelectMenu(select),
        ]);
    let answer = CreateInteractionResponse::Message(message);
    command.create_response(&ctx.http, answer).await.unwrap();
    command.get_response(&ctx.http).await.unwrap();
}

async fn think(ctx: &Context, command: &CommandInteraction) {
    command.defer_ephemeral(&ctx.http).await.unwrap();
    let edit = EditInteractionResponse::new().content("Thought");
    command.edit_response(&ctx.http, edit).await.unwrap();
    let file = CreateAttachment::bytes(&b"<svg/>"[..], "a.svg");
    let more = CreateInteractionResponseFollowup::new()
        .content("More")
        .add_file(file);
    let sent = command.create_followup(&ctx.http, more).await.unwrap();
    assert_eq!(sent.attachments[0].filename, "a.svg");
    let post = CreateMessage::new()
        .content("Posted")
        .nonce(Nonce::String("n".to_owned()))
        .enforce_nonce(true);
    let mut posted = command
        .channel_id
        .send_message(&ctx.http, post)
        .await
        .unwrap();
    let edit = EditMessage::new().content("Edited");
    posted.edit(&ctx.http, edit).await.unwrap();
    command.channel_id.to_channel(&ctx.http).await.unwrap();
    command.user.create_dm_channel(&ctx.http).await.unwrap();
}

/// Creates a thread, a role and an event, and deletes them again.
async fn stage(ctx: &Context, command: &CommandInteraction) {
    let (http, guild_id) = (&ctx.http, command.guild_id.unwrap());
    let new = CreateThread::new("Game one").kind(ChannelType::PublicThread);
    let mut thread = command.channel_id.create_thread(http, new).await.unwrap();
    assert_eq!(thread.parent_id, Some(command.channel_id));
    thread.say(http, "Welcome").await.unwrap();
    assert_eq!(
        guild_id
            .get_active_threads(http)
            .await
            .unwrap()
            .threads
            .len(),
        1
    );
    let end = EditThread::new().name("Game one, over").archived(true);
    thread.edit_thread(http, end).await.unwrap();
    assert!(thread.thread_metadata.unwrap().archived);

    let role = guild_id.create_role(http, EditRole::new().name("Champion"));
    let role = role.await.unwrap();
    let member = guild_id.member(http, command.user.id).await.unwrap();
    member.add_role(http, role.id).await.unwrap();
    let member = guild_id.member(http, command.user.id).await.unwrap();
    assert_eq!(member.roles, [role.id]);
    member.remove_role(http, role.id).await.unwrap();
    guild_id.delete_role(http, role.id).await.unwrap();

    let in_hours = |hours: i64| Timestamp::now().unix_timestamp() + hours * 3600;
    let start = Timestamp::from_unix_timestamp(in_hours(1)).unwrap();
    let end = Timestamp::from_unix_timestamp(in_hours(2)).unwrap();
    let kind = ScheduledEventType::External;
    let event = CreateScheduledEvent::new(kind, "Quiz night", start)
        .end_time(end)
        .location("#trivia");
    let event = guild_id.create_scheduled_event(http, event).await.unwrap();
    assert_eq!(
        guild_id.scheduled_events(http, true).await.unwrap().len(),
        1
    );
    guild_id
        .delete_scheduled_event(http, event.id)
        .await
        .unwrap();

    let message = CreateInteractionResponseMessage::new().content("Set");
    let answer = CreateInteractionResponse::Message(message);
    command.create_response(http, answer).await.unwrap();
}

async fn click_on(ctx: &Context, click: &ComponentInteraction) {
    let message = CreateInteractionResponseMessage::new();
    let answer = match (&click.data.kind, click.data.custom_id.as_str()) {
        (ComponentInteractionDataKind::StringSelect { values }, _) => {
            CreateInteractionResponse::UpdateMessage(message.content(&values[0]).components(vec![]))
        }
        (_, "ask") => {
            let input = CreateInputText::new(InputTextStyle::Short, "Who?", "who");
            let row = CreateActionRow::InputText(input);
            CreateInteractionResponse::Modal(CreateModal::new("m", "Ask").components(vec![row]))
        }
        _ => CreateInteractionResponse::Message(message.content("Psst").ephemeral(true)),
    };
    click.create_response(&ctx.http, answer).await.unwrap();
}

async fn submitted(ctx: &Context, modal: &ModalInteraction) {
    let ActionRowComponent::InputText(input) = &modal.data.components[0].components[0] else {
        panic!("a modal has text inputs");
    };
    let said = format!("You said {}", input.value.as_ref().unwrap());
    let message = CreateInteractionResponseMessage::new().content(said);
    let answer = CreateInteractionResponse::Message(message);
    modal.create_response(&ctx.http, answer).await.unwrap();
}

/// Counts events that serenity could not decode.
struct Counter(Arc<AtomicUsize>);

#[async_trait]
impl RawEventHandler for Counter {
    async fn raw_event(&self, _ctx: Context, event: Event) {
        if matches!(event, Event::Unknown(_)) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[tokio::test]
async fn serenity_decodes_everything_that_the_sandbox_sends() {
    let options = Options::new(SocketAddr::from(([127, 0, 0, 1], 0)), "a.token-for.tests");
    let sandbox = Sandbox::start(options).await.unwrap();
    let http = HttpBuilder::new(sandbox.token())
        .proxy(sandbox.url())
        .ratelimiter_disabled(true)
        .build();
    let unknown = Arc::new(AtomicUsize::new(0));
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::empty())
        .event_handler(Bot)
        .raw_event_handler(Counter(Arc::clone(&unknown)))
        .await
        .unwrap();
    let bot = tokio::spawn(async move { client.start().await });
    let discord = Discord::connect(&sandbox.url()).await;
    discord.wait_for_command("greet").await;
    let foley = discord.member("Foley");
    let grip = discord.member("Grip").user_id;

    let choices = foley
        .autocomplete("trivia", "greet", "word", json!({ "word": "he" }))
        .await;
    assert_eq!(choices.unwrap()[0]["name"], "he!");
    let first = foley.slash("trivia", "greet", json!({ "who": grip })).await;
    discord.wait_for_answer(&first).await;
    let hello = discord
        .wait_for_message("trivia", "a greeting", |message| {
            message["content"] == "Hello grip"
        })
        .await;
    assert!(component(&hello, "Again").is_some());

    discord
        .wait_for_answer(&foley.click(&hello, "Again").await)
        .await;
    let psst = discord
        .wait_for_message("trivia", "a private answer", |message| {
            message["content"] == "Psst"
        })
        .await;
    assert_eq!(text(&psst, "visible_to"), foley.user_id);
    let asked = foley.click(&hello, "Ask").await;
    let sent = foley
        .submit_modal(&asked, &json!({ "who": "Hanna" }))
        .await
        .unwrap();
    discord.wait_for_answer(&sent).await;
    discord
        .wait_for_answer(&foley.select(&hello, "colour", &["red"]).await.unwrap())
        .await;
    discord
        .wait_for_message("trivia", "the selected colour", |message| {
            message["content"] == "red"
        })
        .await;

    let stage = foley.slash("trivia", "stage", json!({})).await;
    discord.wait_for_answer(&stage).await;
    for channel in ["quiz", "dm"] {
        discord
            .wait_for_answer(&foley.slash(channel, "think", json!({})).await)
            .await;
        let id = if channel == "dm" {
            foley.dm_id.as_str()
        } else {
            channel
        };
        discord
            .wait_for_message(id, "an edited message", |message| {
                message["content"] == "Edited"
            })
            .await;
    }
    assert_eq!(unknown.load(Ordering::SeqCst), 0);
    discord.assert_no_rejections().await;
    bot.abort();
}
