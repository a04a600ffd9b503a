import asyncio from "@asyncio-ts/eslint-plugin";

export default [asyncio.configs.recommended];
