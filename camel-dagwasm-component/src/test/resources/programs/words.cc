// Counts the words of its input.
#include <iostream>
#include <map>
#include <string>

int main()
{
    std::map<std::string, int> counts;
    std::string word;
    while (std::cin >> word) {
        counts[word]++;
    }
    for (const auto &[each, count] : counts) {
        std::cout << each << "=" << count << " ";
    }
    std::cout << std::endl;
}
