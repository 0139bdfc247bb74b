"""Finds in source code what is compared otherwise than in constant time and should not be."""

import ast

SECRETS = ("token", "presented", "reveal", "secret", "hidden", "signature", "digest", "candidate", "fingerprint", "key")


def compared_directly(source: str) -> list[str]:
    """The comparisons in *source* that have to do with something secret, and are not of its type or of None."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [left, *others]
                unequal = any(isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for op in ops)
            case ast.Match(subject=subject):
                sides, unequal = [subject], True
            case _:
                continue
        words = {getattr(inner, "id", getattr(inner, "attr", "")).lower() for side in sides for inner in ast.walk(side)}
        if unequal and any(secret in word for word in words for secret in SECRETS):
            found.append(ast.unparse(node))
    return found
