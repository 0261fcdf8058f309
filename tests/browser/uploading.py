"""Files in somebody's hand, and a line that is cut while they are sent."""

from evals.bench import desk_calls as calls


def cut_after_the_first(route, chunks):
    if route.request.method == "PUT":
        chunks.append(route.request.url)
    if len(chunks) > 1:
        route.abort("connectionreset")
    else:
        route.continue_()


def transcript():
    lines = (f"{turn['speaker']}: {turn['text']}" for turn in calls.bundled_turns("zh"))
    return "\n".join(lines).encode()


def choose(page, *files):
    chosen = [
        {"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files
    ]
    page.locator(".uploader input[type=file]").set_input_files(chosen)
