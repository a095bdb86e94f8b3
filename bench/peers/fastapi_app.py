"""FastAPI with the answers of answers.js, for `uvicorn fastapi_app:app`."""

import json
import os
import time

from fastapi import FastAPI, Response

app = FastAPI()
HOSTNAME = os.environ["REPLICA_NAME"]
IDENTITY = {
    "cache-control": "no-store",
    "served-by": '"bench";v="0.2.0";boot=b00000000;n=100000;conn=10;req=10000',
    "x-request-id": "b00000000-100000",
    "x-content-type-options": "nosniff",
}


@app.get("/")
async def root() -> Response:
    body = {"timestamp": round(time.time(), 6), "hostname": HOSTNAME}
    content = json.dumps(body, separators=(",", ":"))
    return Response(content, media_type="application/json", headers=IDENTITY)
