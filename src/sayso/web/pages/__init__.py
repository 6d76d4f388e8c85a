"""The pages for people, a module a group of them."""

from fastapi import APIRouter

from sayso.web.pages import actors, answers, articles, front, reading, review

router = APIRouter()
for part in (front, articles, actors, answers, reading, review):
    router.include_router(part.router)
