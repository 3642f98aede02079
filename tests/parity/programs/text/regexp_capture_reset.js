console.log(JSON.stringify(/(?:(a)|b)*/.exec("ab").map(String)), JSON.stringify(/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac").map(String)), JSON.stringify(/(a*)*/.exec("b").map(String)));
console.log(JSON.stringify(/(?:(x)|(y)|(z))+/.exec("xyz").map(String)), JSON.stringify(/((a)|(b))+?c/.exec("abc").map(String)), JSON.stringify(/(a?)*?b/.exec("aab").map(String)));
console.log(JSON.stringify(/(?:(\w)(\d)?)+/.exec("a1b").map(String)), JSON.stringify(/^(?:(\d+)x)?\s*(\w+)$/.exec("word").map(String)));
