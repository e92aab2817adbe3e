"""What a question asks for that no line of a knowledge base gives: a pick, a price, an error's cause. Pure.

Each sign alone proves nothing (“which baseline should we compare with?” is a fair question); the gate learns
from questions of our own how much each one weighs.
"""

from __future__ import annotations

import re

from enablement.words import NUMBER_WORDS, words_of

# Makers, models, frameworks and services by the names people type, capital letters or not.
_PRODUCTS = """
abacus aider airflow alpaca amazon amd android anthropic apple arize autogen autogpt awq aws axolotl
azure bard bedrock bing bitsandbytes chatgpt chroma chromadb claude cloudflare codex cohere colab
comfyui copilot coreweave crewai cuda cursor dall dalle databricks debian deepseek deepspeed dgx dify
discord docker docling dspy elasticsearch elevenlabs excel exllama express faiss falcon fastapi firebase
flask flowise flux gemini gemma gguf github gitlab gmail golang google gpt gpt4all gptq gpts grok groq
haystack hugging huggingface iphone java javascript jax jenkins jira julia kafka kaggle keras kimi
koboldcpp kotlin kubernetes lambda langchain langflow langfuse langgraph langsmith laravel linux litellm
llama llamacpp llamaindex lmstudio mac macbook macos mergekit meta microsoft midjourney milvus minimax
mistral mixtral mlflow mlx mongodb mysql n8n neo4j nginx node nodejs notion nvidia okta ollama onnx
openai openrouter openwebui opus oracle outlook perplexity pgvector phi php pinecone postgres postgresql
power powershell prometheus python pytorch qdrant qwen raspberry react reddit redis replicate replit
rocm runpod rust sagemaker salesforce sap servicenow sharepoint slack snowflake sonnet sora splunk
stable supabase sveltekit swift tableau teams tensorflow tensorrt terraform titan torch transformers
triton trl twilio twitter typescript ubuntu unsloth unstructured vercel vertex vllm voyage vue vulkan
weaviate whisper windows wordpress xcode yolo youtube zapier zendesk
"""
PRODUCTS = frozenset(_PRODUCTS.split())
# An order to the assistant itself, at the beginning of a sentence; “why does it ignore my rules?” asks.
_ORDER = re.compile(
    r"(?:^|[.!?\n:]\s*)\W*(?:please\s+|now\s+|first\s+)?"
    r"(?:ignore|forget|disregard|override|bypass|print|reveal|repeat|show|output|list)\b(?:\s+me)?"
    r"\s+(?:all|any|your|the|every|everything|previous|above)\b.{0,40}"
    r"\b(?:instructions?|rules|prompt|message|guidelines|above|everything|restrictions)\b",
    re.IGNORECASE,
)
# Language models by name, with version and size. Who names one mostly means language models at large.
_MODEL = re.compile(
    r"\b(?:(?:chat)?gpts?|llama|mistral|mixtral|claude|gemini|gemma|qwen|phi|deepseek|falcon|copilot|bard|grok)"
    r"(?:[- ]?v?\d[\w.]*\w|[- ]?\d)*"
    r"(?:[- ](?:turbo|mini|instruct|sonnet|opus|haiku|pro|flash|large|small|chat))*\b",
    re.IGNORECASE,
)

# How many of something there are (2000, 1,000, 15k, 1.5 GB) is told by whoever asks. A decimal without a unit
# may be a version or a price.
_NUMBER = (
    r"(?<![\w.,])(?:\d+(?:[.,]\d+)*\s?(?:(?:k|m|[kmgt]b|thousand|million|billion)\b|%)"
    r"|(?:\d{1,3}(?:,\d{3})+|\d+)(?![.,]?\d|\w))"
)
_QUANTITY = re.compile(rf"{_NUMBER}|\b[mgt]b\b", re.IGNORECASE)
# So many files of a kind. To the content they are documents.
_MANY = rf"(?:{_NUMBER}|\b(?:(?:dozen|hundred|thousand|million)s of|{'|'.join(sorted(NUMBER_WORDS))}))"
_FILES = re.compile(
    rf"({_MANY} )(?:pdfs?|docx|pptx?|xlsx)\b(?: (?:files?|documents?)\b)?(?!/)", re.IGNORECASE
)

_THINGS = (
    r"models?|llms?|tools?|librar\w+|frameworks?|gpus?|cards?|cpus?|laptops?|uis?|stores?|databases?|providers?"
    r"|services?|platforms?|courses?|books?|datasets?|rerankers?|quant\w*|build|apps?|software|instance|engine"
    r"|vendors?|machines?|hardware|servers?|benchmarks?|packages?"
)
_DOING = (
    r"install|configure|set|setup|load|run|deploy|host|connect|write|implement|enable|merge|convert|use|call"
    r"|upload|download|delete|remove|create|build|reset|cancel|add|get|turn|export|stream|parse|train|list|share"
    r"|register|change|generate|access|speed|quanti[sz]e|move|find|count|request|book"
)


def _sign(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


SIGNS: dict[str, re.Pattern[str]] = {
    "pick": _sign(
        rf"\b(?:which|what|any|best|recommend\w*|suggest\w*|good|better|cheapest|fastest|easiest|favou?rite)\b"
        rf".{{0,60}}\b(?:{_THINGS})\b",
        r"\b(?:best|recommend\w*|alternatives?)\b",
    ),
    "price": _sign(
        r"\b(?:pric\w+|costs?|how much|cheap\w*|per (?:million|seat|user|month)|discount|invoice|billing|bill"
        r"|subscription|refund|licen[cs]e|credits?|plan|tier)\b",
        r"[$€£]",
    ),
    "howto": _sign(rf"\bhow (?:do|can|would|should|to)\b.{{0,14}}\b(?:{_DOING})\b"),
    "error": _sign(
        r"\b(?:errors?|exception|fails?|failed|failing|crash\w*|timeout|timed out|status|stuck|[45]\d\d"
        r"|invalid|not working|doesn.t work|oom|out of memory|nan|declined|denied|bug"
        r"|returns?|traceback|warning)\b",
        r"\w(?:Error|Exception)\b",
    ),
    "api": _sign(
        r"\b(?:api|endpoint|sdk|curl|jsonl?|requests?|response|rate limits?|parameter|header|webhook|client"
        r"|playground|account|log ?in|keys?|code|dashboard|beta)\b",
        r"\w_\w|\w\.\w+\(",
    ),
    "hardware": _sign(
        r"\b(?:gpus?|vram|ram|cpus?|\d+\s?gb|rtx|[345]0[6789]0|[ahb]\d00|m[1234]|laptop|hardware|rig|cards?"
        r"|memory|nvlink|tokens per second|batch size|learning rate|epochs?|hyperparameters?|quant\w*|int[48]"
        r"|[48].?bit|fp16|bf16|\d+b)\b"
    ),
    "now": _sign(
        r"\b(?:today|yesterday|tomorrow|latest|last night|this (?:week|year|month)|right now|currently|news"
        r"|new release|20[12]\d|when (?:will|is|does)|who (?:is|won|will|are|wrote|owns))\b"
    ),
    "me": _sign(
        r"\b(?:my|mine|our (?:company|policy|office)|colleague\w*|i feel|for me|tell me|write"
        r"|give me|translate|calculate)\b"
    ),
    "order": _sign(
        r"\b(?:ignore|forget|disregard|override|print|reveal|repeat|show|output)\b.{0,40}"
        r"\b(?:instructions?|rules|prompt|above|everything)\b",
        r"\b(?:pretend|you are now|act as|roleplay|jailbreak)\b",
        r"\bquiz\w*\b|\bscores?\b|\bgraded\b|\bperformance review\b",
    ),
}


def signs_of(question: str) -> dict[str, bool]:
    """Return which signs a question shows."""
    return {name: bool(pattern.search(question)) for name, pattern in SIGNS.items()}


def plainly(question: str) -> str:
    """Return `question` as the content would put it: no names of models, and so many files are documents."""
    return without_kinds_of_file(without_model_names(question))


def without_kinds_of_file(question: str) -> str:
    """Return `question` with documents where it counts files of a kind: “2000 PDFs” are so many documents.

    “Can it read PDFs?” asks about the kind itself.
    """
    return _FILES.sub(r"\1documents", question)


def without_quantities(question: str) -> str:
    """Return `question` without how many there are of something: no passage has that."""
    return _QUANTITY.sub(" ", question)


def without_model_names(question: str) -> str:
    """Return `question` with the names of language models replaced by what they are.

    The content names none, so “fine-tune Mistral on our files” is looked for as what it asks.
    """
    return _MODEL.sub("the language model", question)


def models_in(question: str) -> frozenset[str]:
    """Return the names of language models in a question, in lower case, without version."""
    return frozenset(re.split(r"[\W\d_]", match.group().lower())[0] for match in _MODEL.finditer(question))


def gives_orders(question: str) -> bool:
    """Whether a text tells the assistant to drop its rules or to show them. That is never a question."""
    return bool(_ORDER.search(question))


def products_in(question: str) -> frozenset[str]:
    """Return the names of other products in a question, in lower case."""
    words = {
        part for word in words_of(without_model_names(question)) for part in (word, *re.split(r"[-./]", word))
    }
    return frozenset(words & PRODUCTS)
