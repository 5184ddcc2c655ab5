"""Readers' comments as WordPress prints them."""

from markupsafe import escape

from tests.newsroom.model import Comment, Post, in_words
from tests.newsroom.typography import prose


def comment_id(post: Post, number: int) -> int:
    return post.id * 10 + number


def comment_list(post: Post) -> str:
    """The comments' markup; answers stand in a list inside the comment they answer."""
    pieces: list[str] = []
    depth = 0
    for number, comment in enumerate(post.comments):
        if comment.depth > depth > 0:
            pieces.append('<ol class="children">\n')
        else:
            for level in range(depth, comment.depth - 1, -1):
                pieces.append("</li>\n")
                if level > comment.depth:
                    pieces.append("</ol>\n")
        pieces.append(_comment(post, number, comment))
        depth = comment.depth
    return "".join(pieces) + "</li>\n</ol>\n" * (depth - 1) + "</li>\n" * (depth > 0)


def _comment(post: Post, number: int, comment: Comment) -> str:
    key = comment_id(post, number)
    clock = f"{in_words(comment.at)} pukul {comment.at:%H:%M}"
    parity = "odd" if number % 2 else "even"
    return (
        f'<li id="comment-{key}" class="comment {parity} depth-{comment.depth}">\n'
        f'<article id="div-comment-{key}" class="comment-body">\n<footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">{escape(comment.author)}</b>'
        ' <span class="says">berkata:</span></div>'
        f'<div class="comment-metadata"><a href="{post.url}#comment-{key}">'
        f'<time datetime="{comment.at.isoformat()}">{clock}</time></a></div></footer>\n'
        f'<div class="comment-content"><p>{prose(comment.text)}</p></div>\n'
        f'<div class="reply"><a rel="nofollow" class="comment-reply-link"'
        f' href="{post.url}?replytocom={key}#respond" data-commentid="{key}">Balas</a></div>'
        "</article>\n"
    )
