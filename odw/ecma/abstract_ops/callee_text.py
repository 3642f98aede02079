def callee_text(source):
    return source
