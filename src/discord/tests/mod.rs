//! Commands from interaction to reply, as Discord sends and takes them.

mod anywhere;
mod chain;
mod channel;
mod daily;
mod packs;
mod planned_events;
mod revenge;
mod schedule;
mod settings;
mod test_bot;
mod two_processes;
