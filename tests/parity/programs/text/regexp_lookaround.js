console.log("1234567.89".replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ","), "$42 €7".match(/(?<=€)\d/)[0], "price: 10".replace(/(?<=price:\s*)\d+/, "20"));
console.log(JSON.stringify("abc123def".match(/[a-z]+(?!\d)/g)), JSON.stringify(/(?<=(\d+)(\d+))$/.exec("1053")), JSON.stringify(/(?=(a+))a*b\1/.exec("baaabac")));
console.log(JSON.stringify(/(?!(a))(b)/.exec("b").slice().map(String)), JSON.stringify("camelCaseString".split(/(?=[A-Z])/)), JSON.stringify(/(?<=([ab]+)([bc]+))$/.exec("abc")));
