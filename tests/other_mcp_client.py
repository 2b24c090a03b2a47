"""`python -m tests.other_mcp_client HOME NAME`: a session of chuk-mcp with `gum-app mcp`, told as one line of JSON.

A process of its own, for that library leaves streams open. It is not the SDK's, nor built on it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import anyio
from chuk_mcp.protocol.messages.initialize import send_initialize
from chuk_mcp.protocol.messages.ping import send_ping
from chuk_mcp.protocol.messages.prompts import send_prompts_get, send_prompts_list
from chuk_mcp.protocol.messages.resources import send_resources_list, send_resources_read
from chuk_mcp.protocol.messages.tools import send_tools_call, send_tools_list
from chuk_mcp.transports.stdio import StdioParameters, stdio_client


async def session(home: str, name: str) -> dict[str, Any]:
    command = ["-m", "gum_app", "--home", home, "mcp", "--name", name]
    server = StdioParameters(command=sys.executable, args=command, env=dict(os.environ))
    async with stdio_client(server) as (answers, questions):
        begun = await send_initialize(answers, questions)
        tools = (await send_tools_list(answers, questions)).tools
        told = await send_tools_call(answers, questions, "get_context", {"query": "tea"})
        refused = await send_tools_call(answers, questions, "recent_activity", {})
        resources = (await send_resources_list(answers, questions)).resources
        page = await send_resources_read(answers, questions, "gum://context")
        prompts = (await send_prompts_list(answers, questions)).prompts
        prompt = await send_prompts_get(answers, questions, "with_context", {"task": "Plan my week."})
        return {
            "version": begun.protocolVersion,
            "answers": await send_ping(answers, questions),
            "tools": [tool.name for tool in tools],
            "told": told.structuredContent or json.loads(told.content[0]["text"]),
            "refused": refused.isError,
            "resources": [str(resource.uri) for resource in resources],
            "page": str(page.contents[0]),
            "prompts": [each.name for each in prompts],
            "prompt": str(prompt.messages[0].content),
        }


if __name__ == "__main__":
    print(json.dumps(anyio.run(session, sys.argv[1], sys.argv[2])))
