// discord.js against the sandbox: npm install discord.js && node bot.mjs
import { Client, Events, GatewayIntentBits, MessageFlags } from "discord.js";

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: "http://127.0.0.1:8420/api" },
});

client.once(Events.ClientReady, async ({ application, user }) => {
  await application.commands.set([{ name: "ping", description: "Is anybody there?" }]);
  console.log(`${user.username} is online.`);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.reply({ content: "Pong!", flags: MessageFlags.Ephemeral });
});

await client.login("test");
