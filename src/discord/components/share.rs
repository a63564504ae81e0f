//! *Share*: shows everybody a message that only the member sees, as it is, without its buttons.

use crate::discord::interaction::Langs;
use crate::discord::interaction::{Origin, is_ephemeral};
use crate::discord::reply::Reply;
use heat_view::message::{Embed, Field, Tone};
use serenity::all::ComponentInteraction;

/// The reply to *Share*. It repeats the message that Discord sends along, so that it shows what the
/// member has seen, even if the packs have changed since. The button may be forged on a message that
/// never had it, so it works only where all else is private because only the member has the app.
pub fn share(langs: Langs, press: &ComponentInteraction) -> Reply {
    let (by, shown) = (Origin::from(press), &*press.message);
    let embeds: Vec<Embed> = shown.embeds.iter().map(embed).collect();
    let is_offered = by.is_by_member() && is_ephemeral(shown.flags) && !embeds.is_empty();
    if !is_offered {
        return Reply::Aside(heat_view::reply::unknown_interaction(langs.member));
    }
    Reply::Show(heat_view::share::shared(langs.reply, by.user, embeds))
}

/// An embed of ours, as Discord sends it back.
fn embed(shown: &serenity::all::Embed) -> Embed {
    let fields = shown.fields.iter().map(|field| Field {
        name: field.name.clone(),
        value: field.value.clone(),
        inline: field.inline,
    });
    Embed {
        title: shown.title.clone().unwrap_or_default(),
        description: shown.description.clone().unwrap_or_default(),
        tone: Tone::of(shown.colour.map_or(0, |colour| colour.0)),
        fields: fields.collect(),
        footer: shown
            .footer
            .as_ref()
            .map(|footer| footer.text.clone())
            .unwrap_or_default(),
        image: String::new(),
    }
}
