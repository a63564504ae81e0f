"""discord.py against the sandbox: pip install discord.py && python bot.py"""

import discord
import yarl
from discord import app_commands

discord.http.Route.BASE = "http://127.0.0.1:8420/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:8420/gateway")
client = discord.Client(intents=discord.Intents(guilds=True))
tree = app_commands.CommandTree(client)


@tree.command(description="Is anybody there?")
async def ping(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Pong!", ephemeral=True)


@client.event
async def setup_hook() -> None:
    await tree.sync()


@client.event
async def on_ready() -> None:
    print(f"{client.user} is online.")


client.run("test")
