//! Registered commands.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Command, World};
use crate::{
    error::ApiError,
    id::{CommandId, CommandVersion, GuildId},
    validate::{
        command::{self, COMMANDS_MAX},
        form::FormErrors,
    },
};

impl World {
    /// The commands of one scope: global, or of one guild.
    ///
    /// # Errors
    /// 10004 for an unknown guild.
    pub fn list_commands(&self, guild_id: Option<GuildId>) -> Result<Vec<Value>, ApiError> {
        self.check_scope(guild_id)?;
        Ok(self
            .commands
            .values()
            .filter(|command| command.guild_id == guild_id)
            .map(|command| command.body.clone())
            .collect())
    }

    /// One command of a scope.
    ///
    /// # Errors
    /// 10004 or 10063.
    pub fn find_command(
        &self,
        guild_id: Option<GuildId>,
        id: CommandId,
    ) -> Result<Value, ApiError> {
        self.check_scope(guild_id)?;
        self.commands
            .get(&id)
            .filter(|command| command.guild_id == guild_id)
            .map(|command| command.body.clone())
            .ok_or_else(ApiError::unknown_command)
    }

    /// Replaces all commands of a scope; those that keep their name keep their id.
    ///
    /// # Errors
    /// 10004, 30032 or 50035.
    pub fn put_commands(
        &mut self,
        guild_id: Option<GuildId>,
        body: &Value,
        now_ms: u64,
    ) -> Result<Vec<Value>, ApiError> {
        self.check_scope(guild_id)?;
        let checked = command::read_all(body)?;
        self.check_installations(&checked)?;
        let (others, old): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut self.commands)
            .into_iter()
            .partition(|(_, command)| command.guild_id != guild_id);
        self.commands = others;
        let mut answer = Vec::with_capacity(checked.len());
        for body in checked {
            let known = old
                .iter()
                .find(|(_, command)| is_same(&command.body, &body));
            let id = known.map(|(id, _)| *id);
            answer.push(self.insert_command(guild_id, id, body, now_ms));
        }
        self.tell_commands();
        Ok(answer)
    }

    /// Creates a command, or replaces the one with its name; returns whether it is new.
    ///
    /// # Errors
    /// 10004, 30032 or 50035.
    pub fn post_command(
        &mut self,
        guild_id: Option<GuildId>,
        body: &Value,
        now_ms: u64,
    ) -> Result<(bool, Value), ApiError> {
        self.check_scope(guild_id)?;
        let body = command::read_one(body)?;
        self.check_installations(std::slice::from_ref(&body))?;
        let scope = self
            .commands
            .iter()
            .filter(|(_, command)| command.guild_id == guild_id);
        let known = scope
            .clone()
            .find(|(_, command)| is_same(&command.body, &body));
        let id = known.map(|(id, _)| *id);
        let of_kind = scope
            .filter(|(_, command)| command.body["type"] == body["type"])
            .count();
        if id.is_none() && of_kind >= COMMANDS_MAX {
            return Err(ApiError::too_many_commands());
        }
        let answer = self.insert_command(guild_id, id, body, now_ms);
        self.tell_commands();
        Ok((id.is_none(), answer))
    }

    /// Changes the sent fields of a command.
    ///
    /// # Errors
    /// 10004, 10063 or 50035.
    pub fn patch_command(
        &mut self,
        guild_id: Option<GuildId>,
        id: CommandId,
        body: &Value,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let mut merged = self.find_command(guild_id, id)?;
        let Value::Object(changes) = body else {
            command::read_one(body)?;
            return Err(ApiError::invalid_json());
        };
        for (name, value) in changes {
            merged[name] = value.clone();
        }
        let checked = command::read_one(&merged)?;
        self.check_installations(std::slice::from_ref(&checked))?;
        let answer = self.insert_command(guild_id, Some(id), checked, now_ms);
        self.tell_commands();
        Ok(answer)
    }

    /// Removes a command.
    ///
    /// # Errors
    /// 10004 or 10063.
    pub fn delete_command(
        &mut self,
        guild_id: Option<GuildId>,
        id: CommandId,
    ) -> Result<(), ApiError> {
        self.find_command(guild_id, id)?;
        self.commands.remove(&id);
        self.tell_commands();
        Ok(())
    }

    fn check_scope(&self, guild_id: Option<GuildId>) -> Result<(), ApiError> {
        match guild_id {
            Some(id) if !self.bot_is_in_guild(id) => Err(ApiError::missing_access()),
            _ => Ok(()),
        }
    }

    /// A command may only name installations that the app itself allows:
    /// <https://discord.com/developers/docs/interactions/application-commands#installation-context>.
    /// The code of the fault is not documented.
    fn check_installations(&self, commands: &[Value]) -> Result<(), ApiError> {
        let mut errors = FormErrors::default();
        for (at, command) in commands.iter().enumerate() {
            let types = command["integration_types"].as_array();
            let is_for_users = types.is_some_and(|types| types.contains(&json!(1)));
            if is_for_users && !self.user_install {
                errors.add(
                    &format!("{at}.integration_types"),
                    "APPLICATION_COMMAND_INTEGRATION_TYPE_INVALID",
                    "The application does not allow this installation",
                );
            }
        }
        errors.finish()
    }

    fn insert_command(
        &mut self,
        guild_id: Option<GuildId>,
        id: Option<CommandId>,
        mut body: Value,
        now_ms: u64,
    ) -> Value {
        let version: CommandVersion = self.ids.next(now_ms);
        let id = id.unwrap_or_else(|| self.ids.next(now_ms));
        body["id"] = json!(id);
        body["application_id"] = json!(self.application_id);
        body["version"] = json!(version);
        if let Some(guild_id) = guild_id {
            body["guild_id"] = json!(guild_id);
        }
        let answer = body.clone();
        self.commands.insert(id, Command { guild_id, body });
        answer
    }

    fn tell_commands(&mut self) {
        let commands = self.commands_json();
        self.tell_page(json!({ "type": "commands", "commands": commands }));
    }
}

fn is_same(a: &Value, b: &Value) -> bool {
    a["name"] == b["name"] && a["type"] == b["type"]
}
